package uk.waymark.attachments;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** The files that went with the person's messages, and with those to them: what each is. The files themselves are taken one by one. */
@Singleton
final class ExportedAttachments implements Exported {
    private static final int PAGE = 100;
    private final ActingAs acting;
    private final AttachmentStore store;

    ExportedAttachments(ActingAs acting, AttachmentStore store) {
        this.acting = acting;
        this.store = store;
    }

    @Override
    public String name() {
        return "attachments";
    }

    @Override
    public int place() {
        return 48;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        UUID after = null;
        List<Kept> page;
        do {
            UUID from = after;
            page = acting.as(person, c -> store.own(c, from, PAGE));
            for (Kept file : page) {
                var item = new LinkedHashMap<String, Object>();
                item.put("name", file.readable() ? file.details().name() : null);
                item.put("type", file.type());
                item.put("size", file.size());
                item.put("from_staff", file.byStaff() != null);
                item.put("uploaded_at", file.uploadedAt());
                items.accept(item);
                after = file.id();
            }
        } while (page.size() == PAGE);
    }
}
