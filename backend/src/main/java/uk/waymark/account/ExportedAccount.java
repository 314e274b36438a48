package uk.waymark.account;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.platform.Caller;

/** Where the person is signed in. Nothing of a PIN, a code or a token. */
@Singleton
final class ExportedAccount implements Exported {
    private static final int PAGE = 100;
    private final Devices devices;

    ExportedAccount(Devices devices) {
        this.devices = devices;
    }

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public int place() {
        return 50;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        Instant seen = null;
        UUID last = null;
        List<Devices.Device> page;
        do {
            page = devices.page(person, seen, last, PAGE);
            for (Devices.Device device : page) {
                var item = new LinkedHashMap<String, Object>();
                item.put("name", device.name());
                item.put("platform", device.platform());
                item.put("signed_in_at", device.signedInAt());
                item.put("last_seen_at", device.lastSeenAt());
                items.accept(item);
                seen = device.lastSeenAt();
                last = device.id();
            }
        } while (page.size() == PAGE);
    }
}
