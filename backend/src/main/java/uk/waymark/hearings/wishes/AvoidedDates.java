package uk.waymark.hearings.wishes;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingChanged;
import uk.waymark.hearings.HearingStore;
import uk.waymark.hearings.ReplySettings;
import uk.waymark.hearings.SpokenDate;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.hearings.wishes.CourtWishes.Wish;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** A court date that is set on a day which somebody who has to be there asked to avoid is for staff to take up at once. */
@Singleton
final class AvoidedDates implements ApplicationEventListener<HearingChanged> {
    private static final String KIND = "listed_on_avoided_date";
    private final CourtWishes wishes;
    private final HearingStore store;
    private final WorkItems workItems;
    private final ReplySettings settings;
    private final CaseClock clock;

    AvoidedDates(CourtWishes wishes, HearingStore store, WorkItems workItems, ReplySettings settings, CaseClock clock) {
        this.wishes = wishes;
        this.store = store;
        this.workItems = workItems;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(HearingChanged event) {
        CourtHearing now = event.now();
        List<Wish> said = wishes.inCase(event.connection(), now.caseId(), Kind.AVAILABILITY);
        if (said.isEmpty()) {
            return;
        }
        Set<UUID> required = required(event.connection(), now.id());
        for (Wish wish : said) {
            boolean meets = now.listed() && required.contains(wish.person()) && meets(wish, now);
            if (!meets || event.before() != null && !sameDays(event.before(), now)) {
                workItems.settle(event.connection(), key(event.before() == null ? now : event.before(), wish));
            }
            if (meets) {
                workItems.open(event.connection(), new NewWorkItem(KIND, key(now, wish), now.caseId(), wish.person(), now.id(),
                    now.on() == null ? "week_overlaps" : "on_the_day",
                    settings.text("detail." + KIND).replace("{when}", SpokenDate.of(now, "en")),
                    settings.due(KIND, now, clock.instant())));
            }
        }
    }

    /** Court dates that stand already on days which the person asked to avoid, the first one first; in a transaction for the force. */
    List<CourtHearing> among(Connection c, Wish wish) {
        List<UUID> theirs = Sql.list(c,
            "select hearing_id from waymark.hearing_person where person_id = ? and case_id = ? and required and shown",
            r -> Sql.uuid(r, "hearing_id"), wish.person(), wish.caseId());
        return store.all(c, theirs).stream().filter(h -> h.listed() && meets(wish, h)).sorted(Comparator.comparing(settings::begins)).toList();
    }

    private static boolean meets(Wish wish, CourtHearing h) {
        LocalDate first = h.on() != null ? h.on() : h.weekOf();
        LocalDate last = h.on() != null || h.weekOf() == null ? first : h.weekOf().plusDays(4); // courts sit from Monday to Friday
        return first != null && wish.words().datesToAvoid().stream().anyMatch(span -> span.meets(first, last));
    }

    private static boolean sameDays(CourtHearing a, CourtHearing b) {
        return Objects.equals(a.on(), b.on()) && Objects.equals(a.weekOf(), b.weekOf());
    }

    /** One item a person, court date and day: a change of the hour is no news here. */
    private static String key(CourtHearing h, Wish wish) {
        return KIND + ':' + h.id() + ':' + wish.person() + ':' + (h.on() != null ? h.on() : h.weekOf());
    }

    private static Set<UUID> required(Connection c, UUID hearing) {
        return Sql.list(c, "select person_id from waymark.hearing_person where hearing_id = ? and required",
            r -> Sql.uuid(r, "person_id"), hearing).stream().collect(Collectors.toSet());
    }
}
