package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** How much is told, when, and what is told by a person first; data in {@code messages/contact-times.yaml}. */
@Singleton
final class ContactTimes {
    private static final String URGENT = "urgent";
    private final Set<String> required;
    private final Set<String> urgent;
    private final Set<String> urgentOfSuspect;
    private final Map<String, Duration> tooLate;
    private final DayOfWeek summaryDay;
    private final LocalTime summaryAt;
    private final Duration summaryKeeps;
    private final CallFirst callFirst;
    private final Duration handedOverBefore;
    private final Duration post;
    private final Duration askWish;
    private final Duration askAgain;

    /**
     * @param due        by when staff should have rung
     * @param tries      how often they try before a supervisor decides
     * @param againAfter how long they wait in between
     */
    record CallFirst(Duration due, int tries, Duration againAfter) { }

    ContactTimes() {
        Map<String, Object> file = file();
        required = texts(file.get("required"));
        urgent = texts(file.get(URGENT));
        urgentOfSuspect = texts(file.get("urgent_of_suspect"));
        tooLate = map(file.get("too_late")).entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(e -> String.valueOf(e.getKey()), e -> duration(e.getValue())));
        Map<?, ?> summary = map(file.get("weekly_summary"));
        summaryDay = DayOfWeek.valueOf(String.valueOf(summary.get("day")).toUpperCase(Locale.ROOT));
        summaryAt = LocalTime.parse(String.valueOf(summary.get("at")));
        summaryKeeps = duration(summary.get("keeps"));
        Map<?, ?> call = map(file.get("call_first"));
        callFirst = new CallFirst(duration(call.get("due")), (Integer) call.get("tries"), duration(call.get("again_after")));
        handedOverBefore = duration(file.get("handed_over_before"));
        post = duration(file.get("post"));
        askWish = duration(file.get("ask_wish"));
        askAgain = duration(file.get("ask_again"));
    }

    /** What is not known to be left to choice is required. @param news null where a message is about no event */
    boolean required(NewsKinds.News news) {
        return news == null || required.contains(news.type()) || urgent(news);
    }

    /** Whether a person is to ring first in a case with a safety flag. */
    boolean urgent(NewsKinds.News news) {
        return news != null && (urgent.contains(news.type()) || news.suspect() && urgentOfSuspect.contains(news.type()));
    }

    /**
     * The last moment at which a message is worth sending.
     *
     * @param expires null where it is kept for as long as one likes
     */
    Instant latest(NewsKinds.News news, Instant created, Instant expires) {
        Duration most = news == null ? null : tooLate.getOrDefault(news.type(), urgent(news) ? tooLate.get(URGENT) : null);
        Instant late = most == null ? Instant.MAX : created.plus(most);
        return expires != null && expires.isBefore(late) ? expires : late;
    }

    /** The first moment of weekly summaries after this one. */
    Instant summaryAfter(Instant moment) {
        ZonedDateTime there = moment.atZone(SafeTimes.UK);
        ZonedDateTime day = there.with(TemporalAdjusters.nextOrSame(summaryDay)).with(summaryAt);
        return (day.toInstant().isAfter(moment) ? day : there.with(TemporalAdjusters.next(summaryDay)).with(summaryAt)).toInstant();
    }

    Duration summaryKeeps() {
        return summaryKeeps;
    }

    CallFirst callFirst() {
        return callFirst;
    }

    /** How long before the end of a safe time a message is handed over at the latest to a provider that takes no validity. */
    Duration handedOverBefore() {
        return handedOverBefore;
    }

    /** What is to be known sooner than so is not left to a letter. */
    Duration post() {
        return post;
    }

    /** By when somebody should have been asked how they want to be told urgent news. */
    public Duration askWish() {
        return askWish;
    }

    Duration askAgain() {
        return askAgain;
    }

    private static Map<String, Object> file() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream in = ContactTimes.class.getResourceAsStream("/messages/contact-times.yaml")) {
            return new Yaml(new SafeConstructor(options)).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static Duration duration(Object text) {
        return Duration.parse(String.valueOf(text));
    }
}
