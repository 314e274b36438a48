package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.platform.Caller;

/** What the person was told, with the words as long as they are kept. */
@Singleton
final class ExportedTold implements Exported {
    private static final int PAGE = 100;
    private final MyNotifications notifications;

    ExportedTold(MyNotifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public String name() {
        return "told";
    }

    @Override
    public int place() {
        return 30;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        UUID before = null;
        List<MyNotifications.Sent> page;
        do {
            page = notifications.page(person, before, PAGE);
            for (MyNotifications.Sent sent : page) {
                var item = new LinkedHashMap<String, Object>();
                item.put("sent_at", sent.sentAt());
                item.put("channel", sent.channel());
                item.put("state", sent.state());
                item.put("read_at", sent.readAt());
                item.put("text", sent.text());
                item.put("words_kept", sent.text() == null ? Boolean.FALSE : null);
                items.accept(item);
                before = sent.id();
            }
        } while (page.size() == PAGE);
    }
}
