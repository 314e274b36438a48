package uk.waymark.hearings.wishes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.ReplySettings;
import uk.waymark.hearings.SpokenDate;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.hearings.wishes.CourtWishes.Wish;
import uk.waymark.messaging.AutomaticAnswers;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What was asked for reaches whoever has to know of it: staff by an item of their queue, the force's own system by a parcel. What
 * comes from the phone of somebody in a case with a safety flag goes to no system before staff have spoken to them.
 */
@Singleton
final class PassingOn {
    static final String PARCEL = "availability";
    private final CourtWishes wishes;
    private final AvoidedDates avoided;
    private final AutomaticAnswers automatic;
    private final Outbound outbound;
    private final WorkItems workItems;
    private final ReplySettings settings;
    private final WishWords words;
    private final Ids ids;
    private final CaseClock clock;

    PassingOn(CourtWishes wishes, AvoidedDates avoided, AutomaticAnswers automatic, Outbound outbound, WorkItems workItems,
              ReplySettings settings, WishWords words, Ids ids, CaseClock clock) {
        this.wishes = wishes;
        this.avoided = avoided;
        this.automatic = automatic;
        this.outbound = outbound;
        this.workItems = workItems;
        this.settings = settings;
        this.words = words;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * One item for what was said last: nobody passes on what is no longer so.
     *
     * @param c of a transaction that acts for the force as its worker
     */
    void passOn(Connection c, Wish wish) {
        boolean unconfirmed = wish.givenBy() == null && automatic.flagged(c, wish.person());
        ask(c, wish, unconfirmed);
        if (wish.kind() == Kind.AVAILABILITY && !unconfirmed) {
            UUID parcel = ids.next();
            outbound.put(c, new NewParcel(wish.force(), PARCEL, wish.caseId(), wish.person(), parcel,
                PARCEL + ':' + wish.id() + ':' + wish.version(), data(wish), true));
            wishes.wentOut(c, wish.id(), parcel);
        }
    }

    private void ask(Connection c, Wish wish, boolean unconfirmed) {
        String item = wish.kind().stored() + "_given";
        workItems.settle(c, key(wish, wish.version() - 1));
        List<CourtHearing> listed = wish.kind() == Kind.NEEDS ? List.of() : avoided.among(c, wish);
        var detail = new StringBuilder(settings.text("detail." + item));
        if (!listed.isEmpty()) {
            detail.append(' ').append(settings.text("detail.availability_given.listed").replace("{when}",
                listed.stream().map(h -> SpokenDate.of(h, "en")).collect(Collectors.joining("; "))));
        }
        if (unconfirmed) {
            detail.append(' ').append(settings.text("detail.flagged"));
            detail.append(' ').append(settings.text("detail." + item + ".flagged"));
        }
        detail.append("\n\n").append(words.of(wish.kind(), wish.words()));
        CourtHearing first = listed.isEmpty() ? null : listed.getFirst();
        workItems.open(c, new NewWorkItem(item, key(wish, wish.version()), wish.caseId(), wish.person(),
            first == null ? null : first.id(), first == null ? "given" : "given_after_listing", detail.toString(),
            settings.due(item, first, clock.instant())));
    }

    private static ObjectNode data(Wish wish) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("given_at", wish.givenAt().toString());
        data.put("by_staff", wish.givenBy() != null);
        var days = data.putArray("dates_to_avoid");
        wish.words().datesToAvoid().forEach(span -> {
            ObjectNode day = days.addObject().put("from", span.from().toString()).put("to", span.to().toString());
            if (span.reason() != null) {
                day.put("reason", span.reason());
            }
        });
        return data;
    }

    private static String key(Wish wish, int version) {
        return wish.kind().stored() + "_given:" + wish.id() + ':' + version;
    }
}
