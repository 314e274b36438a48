package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** The calls that the person asked for. Neither the word nor the number is in it: it is a file that others may read. */
@Singleton
final class ExportedCallBacks implements Exported {
    private final ActingAs acting;
    private final CallBackStore store;

    ExportedCallBacks(ActingAs acting, CallBackStore store) {
        this.acting = acting;
        this.store = store;
    }

    @Override
    public String name() {
        return "call_backs";
    }

    @Override
    public int place() {
        return 46;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        for (CallBack b : acting.as(person, store::own)) {
            var item = new LinkedHashMap<String, Object>();
            item.put("asked_at", b.askedAt());
            item.put("reason", CallBack.wire(b.reason()));
            item.put("about", b.details().about());
            item.put("state", CallBack.wire(b.state()));
            item.put("due_at", b.dueAt());
            item.put("from", b.slot() == null ? null : b.slot().from());
            item.put("interpreter", b.details().interpreter());
            items.accept(item);
        }
    }
}
