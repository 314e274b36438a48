package uk.waymark.access;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.platform.Caller;

/** Who looked at what is kept about the person, as the person reads it: never a reason, which may be about somebody else. */
@Singleton
final class ExportedAccess implements Exported {
    private static final int PAGE = 100;
    private final AccessLog log;

    ExportedAccess(AccessLog log) {
        this.log = log;
    }

    @Override
    public String name() {
        return "access_log";
    }

    @Override
    public int place() {
        return 60;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        Long before = null;
        List<AccessLog.Entry> page;
        do {
            page = log.entries(person, before, PAGE, language);
            for (AccessLog.Entry entry : page) {
                var item = new LinkedHashMap<String, Object>();
                item.put("at", entry.at());
                item.put("what", entry.what());
                item.put("by", entry.by().name().toLowerCase(Locale.ROOT));
                item.put("name", entry.name());
                item.put("roles", entry.roles().isEmpty() ? null : String.join(", ", entry.roles()));
                item.put("unit", entry.unit());
                item.put("force", entry.force());
                items.accept(item);
                before = entry.id();
            }
        } while (page.size() == PAGE);
    }
}
