package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import uk.waymark.platform.DataFile;

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
        DataFile file = DataFile.of("/messages/due-times.properties");
        this.flagged = file.duration("flagged");
        this.other = file.duration("other");
        this.reply = file.duration("reply");
        this.call = file.duration("call");
        this.letter = file.duration("letter");
        this.address = file.duration("address");
        this.paused = file.duration("paused");
        this.channel = file.duration("channel");
        this.template = file.duration("template");
        this.templateBack = file.duration("template_back");
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
}
