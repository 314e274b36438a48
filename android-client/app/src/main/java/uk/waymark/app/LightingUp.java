package uk.waymark.app;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When this phone may light up, by what its person has said of how they are contacted. */
final class LightingUp {
    private static final ZoneId UK = ZoneId.of("Europe/London");
    /** Whoever has no safe moment for so long has none. */
    private static final Duration HORIZON = Duration.ofDays(14);
    /** For whoever has named no quiet hours. Each force has its own, which it does not read out. */
    private static final JsonObject USUAL = JsonParser.parseString("{\"from\": \"21:00\", \"to\": \"08:00\"}").getAsJsonObject();

    private final JsonObject said;
    private final boolean woken;

    /** @param said the preferences as the server reads them out @param woken by the server, which knows more of them than it reads out */
    LightingUp(JsonObject said, boolean woken) {
        this.said = said;
        this.woken = woken;
    }

    /** Whether it is known that nothing may come on this phone. */
    boolean never() {
        return Fields.flag(said, "paused") || Fields.text(app().orElse(new JsonObject()), "safety").equals("unsafe");
    }

    /**
     * Whether the app may tell of something without having been woken. In discreet mode the server does not say that the app is unsafe,
     * so that only what was confirmed counts.
     */
    boolean unasked() {
        boolean confirmed = app().filter(a -> Fields.text(a, "safety").equals("safe")).isPresent();
        return !never() && app().isPresent() && (confirmed || !Fields.flag(said, "discreet_mode"));
    }

    private Optional<JsonObject> app() {
        return Fields.objects(said, "channels").stream().filter(c -> Fields.text(c, "channel").equals("push")).findFirst();
    }

    /** Whether urgent news may come at night: the server has seen to that before it wakes the phone, and does not say what is urgent. */
    boolean atNight() {
        return Fields.is(said, "urgent_news") && Fields.flag(said.getAsJsonObject("urgent_news"), "at_night");
    }

    /** This moment, or the first one after it that is safe and not quiet, by the clock in the UK; empty where there is none. */
    Optional<Instant> next(Instant from) {
        Instant last = from.plus(HORIZON);
        for (Instant at = from; at.isBefore(last); at = at.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60)) {
            ZonedDateTime clock = at.atZone(UK);
            if (safe(clock) && !quiet(clock.toLocalTime())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private boolean safe(ZonedDateTime clock) {
        List<JsonObject> times = Fields.objects(said, "safe_times");
        LocalTime time = clock.toLocalTime();
        return times.isEmpty() || times.stream().anyMatch(t -> on(t, clock) && today(t, time) || on(t, clock.minusDays(1)) && sinceYesterday(t, time));
    }

    private static boolean on(JsonObject time, ZonedDateTime clock) {
        return Fields.text(time, "day").equals(clock.getDayOfWeek().name().toLowerCase(Locale.ROOT));
    }

    private boolean quiet(LocalTime time) {
        boolean own = Fields.is(said, "quiet_hours");
        if (!own && woken) {
            return false; // those of the force, which it has kept
        }
        JsonObject quiet = own ? said.getAsJsonObject("quiet_hours") : USUAL;
        return today(quiet, time) || sinceYesterday(quiet, time);
    }

    private static boolean today(JsonObject span, LocalTime time) {
        return !time.isBefore(from(span)) && (passesMidnight(span) || time.isBefore(to(span)));
    }

    private static boolean sinceYesterday(JsonObject span, LocalTime time) {
        return passesMidnight(span) && time.isBefore(to(span));
    }

    private static boolean passesMidnight(JsonObject span) {
        return !to(span).isAfter(from(span));
    }

    private static LocalTime from(JsonObject span) {
        return LocalTime.parse(Fields.text(span, "from"));
    }

    private static LocalTime to(JsonObject span) {
        return LocalTime.parse(Fields.text(span, "to"));
    }
}
