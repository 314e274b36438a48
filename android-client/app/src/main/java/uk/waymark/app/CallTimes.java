package uk.waymark.app;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import uk.waymark.client.Seen;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.CallBackSlots;
import uk.waymark.client.model.CallBackTime;

/** Choosing when to be rung, from the times that are free and safe: first the day, then the time. */
final class CallTimes {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private CallTimes() {}

    /** @param chosen is given a time that was free just now */
    static void choose(Screen screen, String caseId, Consumer<CallBackTime> chosen) {
        String path = "/v1/me/cases/" + caseId + "/call-backs/slots";
        screen.later(() -> screen.now().reads().read(path, screen.language(), json -> JSON.getGson().fromJson(json, CallBackSlots.class)), seen -> {
            if (seen.trouble() != Seen.Trouble.NONE) {
                screen.say(Optional.of(screen.getString(R.string.no_line))); // what was free then is not what is free now
                return;
            }
            Map<LocalDate, List<CallBackTime>> days = new LinkedHashMap<>();
            seen.value().get().getFree().forEach(t -> days.computeIfAbsent(t.getFrom().atZoneSameInstant(LONDON).toLocalDate(),
                    d -> new ArrayList<>()).add(t));
            day(screen, days, chosen);
        });
    }

    private static void day(Screen screen, Map<LocalDate, List<CallBackTime>> days, Consumer<CallBackTime> chosen) {
        if (days.isEmpty()) {
            screen.say(Optional.of(screen.getString(R.string.no_times)));
            return;
        }
        List<LocalDate> order = new ArrayList<>(days.keySet());
        new Question(screen).setTitle(R.string.which_day)
                .setItems(order.stream().map(screen::day).toArray(String[]::new), (d, which) -> time(screen, days.get(order.get(which)), chosen))
                .setNegativeButton(R.string.cancel, null).show();
    }

    private static void time(Screen screen, List<CallBackTime> times, Consumer<CallBackTime> chosen) {
        new Question(screen).setTitle(R.string.which_time)
                .setItems(times.stream().map(t -> span(screen, t.getFrom(), t.getTo())).toArray(String[]::new),
                        (d, which) -> chosen.accept(times.get(which)))
                .setNegativeButton(R.string.cancel, null).show();
    }

    /** Day and times as people say them, in the UK. */
    static String words(Screen screen, OffsetDateTime from, OffsetDateTime to) {
        return screen.day(from.atZoneSameInstant(LONDON).toLocalDate()) + ", " + span(screen, from, to);
    }

    private static String span(Screen screen, OffsetDateTime from, OffsetDateTime to) {
        return screen.getString(R.string.span, CLOCK.format(from.atZoneSameInstant(LONDON)), CLOCK.format(to.atZoneSameInstant(LONDON)));
    }

    static JsonObject json(CallBackTime time) {
        return JSON.getGson().toJsonTree(time).getAsJsonObject();
    }

    /** What {@link #json} says, in words. */
    static String words(Screen screen, JsonObject time) {
        return words(screen, OffsetDateTime.parse(Fields.text(time, "from")), OffsetDateTime.parse(Fields.text(time, "to")));
    }
}
