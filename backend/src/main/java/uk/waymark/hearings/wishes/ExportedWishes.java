package uk.waymark.hearings.wishes;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.hearings.wishes.CourtWishes.Needs;
import uk.waymark.hearings.wishes.CourtWishes.Span;
import uk.waymark.hearings.wishes.CourtWishes.Wish;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** The days on which the person cannot come, and what they need on the day. */
@Singleton
final class ExportedWishes implements Exported {
    private final ActingAs acting;
    private final CourtWishes wishes;

    ExportedWishes(ActingAs acting, CourtWishes wishes) {
        this.acting = acting;
        this.wishes = wishes;
    }

    @Override
    public String name() {
        return "on_the_day";
    }

    @Override
    public int place() {
        return 44;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        for (Wish wish : acting.as(person, wishes::own)) {
            wish.words().datesToAvoid().forEach(span -> items.accept(days(wish, span)));
            if (wish.words().needs() != null) {
                items.accept(needs(wish, wish.words().needs()));
            }
        }
    }

    private static Map<String, Object> days(Wish wish, Span span) {
        var item = new LinkedHashMap<String, Object>();
        item.put("given_at", wish.givenAt());
        item.put("from", span.from().toString());
        item.put("to", span.to().toString());
        item.put("reason", span.reason());
        item.put("given_by_staff", wish.givenBy() == null ? null : true);
        return item;
    }

    private static Map<String, Object> needs(Wish wish, Needs needs) {
        var item = new LinkedHashMap<String, Object>();
        item.put("given_at", wish.givenAt());
        item.put("screens", needs.screens());
        item.put("live_link", needs.liveLink());
        item.put("interpreter", needs.interpreter());
        item.put("separate_waiting", needs.separateWaiting());
        item.put("expenses", needs.expenses());
        item.put("visit_before", needs.visitBefore());
        item.put("other", needs.other());
        item.put("given_by_staff", wish.givenBy() == null ? null : true);
        return item;
    }
}
