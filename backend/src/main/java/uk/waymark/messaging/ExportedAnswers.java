package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What the person texted back, with the words as long as they are kept. */
@Singleton
final class ExportedAnswers implements Exported {
    private static final int PAGE = 100;
    private final ActingAs acting;
    private final Sealing sealing;

    ExportedAnswers(ActingAs acting, Sealing sealing) {
        this.acting = acting;
        this.sealing = sealing;
    }

    private record Answered(UUID id, UUID person, Instant at, String text) { }

    @Override
    public String name() {
        return "answered";
    }

    @Override
    public int place() {
        return 40;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        Answered last = null;
        List<Answered> page;
        do {
            page = page(person, last);
            for (Answered one : page) {
                var item = new LinkedHashMap<String, Object>();
                item.put("received_at", one.at());
                item.put("text", one.text());
                item.put("words_kept", one.text() == null ? Boolean.FALSE : null);
                items.accept(item);
                last = one;
            }
        } while (page.size() == PAGE);
    }

    private List<Answered> page(Caller.OwnView person, Answered last) {
        return acting.as(person, c -> Sql.list(c, """
            select id, person_id, received_at, body from waymark.answered
             where person_id = any ((select waymark.ctx_persons())::uuid[])
               and (?::uuid is null or (id, person_id) < (?::uuid, ?::uuid))
             order by id desc, person_id desc limit ?""",
            r -> new Answered(Sql.uuid(r, "id"), Sql.uuid(r, "person_id"), Sql.instant(r, "received_at"),
                sealing.openText("answered.body", Sql.uuid(r, "id"), r.getBytes("body"))),
            last == null ? null : last.id(), last == null ? null : last.id(), last == null ? null : last.person(), PAGE));
    }
}
