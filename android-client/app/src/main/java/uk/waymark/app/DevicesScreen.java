package uk.waymark.app;

import java.io.IOException;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Device;
import uk.waymark.client.model.DeviceList;

/** Where the account is signed in, and ending that. Nothing of it stays on this phone. */
public final class DevicesScreen extends Screen {
    private static final String PATH = "/v1/me/devices";
    private static final String LIST = PATH + "?limit=100";

    @Override
    protected void show() {
        title(getString(R.string.devices));
        read(LIST, DevicesScreen::parse, seen -> show(seen.value().get()), false);
    }

    private static DeviceList parse(String json) {
        return JSON.getGson().fromJson(json, DeviceList.class);
    }

    private void show(DeviceList devices) {
        page.clear();
        add(page.section(), devices);
        page.quiet(getString(R.string.sign_all_out), () -> SigningOut.ask(this, () -> end(PATH, true)));
    }

    private void add(Page below, DeviceList devices) {
        for (Device device : devices.getItems()) {
            Page card = below.card();
            card.heading(device.getName());
            card.text(device.getThisDevice() ? getString(R.string.this_device)
                    : getString(R.string.last_used, time(device.getLastSeenAt().toInstant())));
            if (!device.getThisDevice()) {
                card.quiet(getString(R.string.sign_it_out), () -> end(PATH + "/" + device.getId(), false));
            }
        }
        older(below, LIST, devices.getNextCursor(), DevicesScreen::parse, next -> add(below, next), false);
    }

    private void end(String path, boolean all) {
        later(() -> {
            try {
                return now().line().delete(path).ok();
            } catch (IOException e) {
                return false;
            }
        }, ended -> {
            if (ended && all) {
                leave();
                return;
            }
            show();
            if (!ended) {
                say(java.util.Optional.of(getString(R.string.no_line)));
            }
        });
    }
}
