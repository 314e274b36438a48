package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.hearings.HearingAnswers.Entry;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** What the person answered about dates, as far as they see those dates. */
@Singleton
final class ExportedAttendance implements Exported {
    private static final int PAGE = 100;
    private final ActingAs acting;
    private final HearingAnswers answers;

    ExportedAttendance(ActingAs acting, HearingAnswers answers) {
        this.acting = acting;
        this.answers = answers;
    }

    @Override
    public String name() {
        return "attendance";
    }

    @Override
    public int place() {
        return 42;
    }

    @Override
    public void to(Caller.Person person, String language, Consumer<Map<String, Object>> items) {
        UUID last = null;
        List<Entry> page;
        do {
            UUID before = last;
            page = acting.as(person, c -> answers.own(c, before, PAGE));
            for (Entry one : page) {
                var item = new LinkedHashMap<String, Object>();
                item.put("answered_at", one.at());
                item.put("answer", one.answer().name().toLowerCase(Locale.ROOT));
                item.put("reason", one.reason());
                items.accept(item);
                last = one.id();
            }
        } while (page.size() == PAGE);
    }
}
