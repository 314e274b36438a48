package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

/** By when staff should deal with what a message left undone; data in {@code messages/due-times.properties}. */
@Singleton
final class DueTimes {
    private final Duration flagged;
    private final Duration other;
    private final Duration reply;
    private final Duration call;
    private final Duration letter;
    private final Duration address;
    private final Duration paused;
    private final Duration channel;
    private final Duration template;
    private final Duration templateBack;

    DueTimes() {
        Properties file = resource("/messages/due-times.properties");
        this.flagged = Duration.parse(file.getProperty("flagged").strip());
        this.other = Duration.parse(file.getProperty("other").strip());
        this.reply = Duration.parse(file.getProperty("reply").strip());
        this.call = Duration.parse(file.getProperty("call").strip());
        this.letter = Duration.parse(file.getProperty("letter").strip());
        this.address = Duration.parse(file.getProperty("address").strip());
        this.paused = Duration.parse(file.getProperty("paused").strip());
        this.channel = Duration.parse(file.getProperty("channel").strip());
        this.template = Duration.parse(file.getProperty("template").strip());
        this.templateBack = Duration.parse(file.getProperty("template_back").strip());
    }

    /** @param inFlaggedCase the person is in a case with a safety flag */
    Instant untold(Instant from, boolean inFlaggedCase) {
        return from.plus(inFlaggedCase ? flagged : other);
    }

    Instant reply(Instant from, boolean inFlaggedCase) {
        return from.plus(inFlaggedCase ? flagged : reply);
    }

    Instant call(Instant from, boolean inFlaggedCase) {
        return from.plus(inFlaggedCase ? flagged : call);
    }

    Instant letter(Instant from) {
        return from.plus(letter);
    }

    Instant addressToConfirm(Instant from) {
        return from.plus(address);
    }

    Instant paused(Instant from, boolean inFlaggedCase) {
        return from.plus(inFlaggedCase ? flagged : paused);
    }

    Instant channelToConfirm(Instant from) {
        return from.plus(channel);
    }

    Instant templateToApprove(Instant from) {
        return from.plus(template);
    }

    Instant templateRolledBack(Instant from) {
        return from.plus(templateBack);
    }

    static Properties resource(String path) {
        var file = new Properties();
        try (var in = new InputStreamReader(DueTimes.class.getResourceAsStream(path), StandardCharsets.UTF_8)) {
            file.load(in);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
