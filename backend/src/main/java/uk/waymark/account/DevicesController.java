package uk.waymark.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import uk.waymark.api.DevicesApi;
import uk.waymark.api.model.ActivityLists;
import uk.waymark.api.model.Device;
import uk.waymark.api.model.DeviceList;
import uk.waymark.api.model.DevicePlatform;
import uk.waymark.api.model.PushRegistration;
import uk.waymark.messaging.PushRegistrations;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** The list of signed-in devices, signing them out, and the app to tell a person on. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class DevicesController implements DevicesApi {
    private final Devices devices;
    private final PushRegistrations apps;
    private final CurrentCaller caller;
    private final Activity activity;

    DevicesController(Devices devices, PushRegistrations apps, CurrentCaller caller, Activity activity) {
        this.devices = devices;
        this.activity = activity;
        this.apps = apps;
        this.caller = caller;
    }

    @Override
    public HttpResponse<DeviceList> listDevices(String cursor, Integer limit) {
        Caller.Person person = caller.person();
        String[] from = Cursor.decode(cursor, 2);
        List<Devices.Device> found = from == null ? devices.page(person, null, null, limit + 1)
            : devices.page(person, parse(from[0], Instant::parse), parse(from[1], UUID::fromString), limit + 1);
        boolean more = found.size() > limit;
        List<Devices.Device> shown = more ? found.subList(0, limit) : found;
        Devices.Device last = more ? shown.getLast() : null;
        String next = more ? Cursor.encode(last.lastSeenAt().toString(), last.id().toString()) : null;
        return HttpResponse.ok(new DeviceList(shown.stream().map(d -> model(d, person)).toList(), next));
    }

    private static Device model(Devices.Device d, Caller.Person person) {
        return new Device(d.id(), d.name(), DevicePlatform.fromValue(d.platform()),
            d.signedInAt().atOffset(ZoneOffset.UTC), d.lastSeenAt().atOffset(ZoneOffset.UTC),
            d.id().equals(person.session()));
    }

    @Override
    public HttpResponse<Void> removeDevice(UUID id) {
        devices.remove(caller.person(), id);
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> removeAllDevices() {
        devices.removeAll(caller.person());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<ActivityLists> getActivity() {
        return HttpResponse.ok(new ActivityLists(activity.hidden(caller.person())));
    }

    @Override
    public HttpResponse<Void> putActivity(ActivityLists wanted) {
        activity.hide(caller.person(), wanted.getHidden());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> putPushRegistration(PushRegistration app) {
        apps.put(caller.person(), app.getToken(), app.getPlatform().getValue());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> removePushRegistration() {
        apps.remove(caller.person());
        return HttpResponse.noContent();
    }

    private static <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            throw ProblemException.badRequest("/cursor",
                "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
