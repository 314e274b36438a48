package uk.waymark.notifications;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import uk.waymark.notifications.sms.SmsText;

/** Makes of a message and what the policy says of it the words that leave, as the attempt that is about to be started. */
final class Rendering {

    private final Templates templates;
    private final MessageClasses classes;
    private final Sealer sealer;
    private final Ids ids;
    private final NextStep next;

    Rendering(Templates templates, MessageClasses classes, Sealer sealer, Ids ids, NextStep next) {
        this.templates = templates;
        this.classes = classes;
        this.sealer = sealer;
        this.ids = ids;
        this.next = next;
    }

    /** @throws RuntimeException where the words cannot be made: a field is missing, or they could not be read now */
    Attempt of(Claimed message, Decision.Send send, Senders.Choice.Via via) {
        Templates.Rendered raw = templates.render(message.words(), send.language(), send.variant(),
            Fields.open(sealer, message.id(), message.fields()));
        boolean sms = send.channel() == Channel.SMS;
        Templates.Rendered clean = !sms ? raw
            : new Templates.Rendered(SmsText.sanitise(templates.asking(raw).text()), raw.version(), raw.language(), raw.variant());
        UUID id = ids.next();
        return new Attempt(id, message, send, via, clean, sms ? SmsText.segments(clean.text()) : null,
            sealer.seal(Attempt.ADDRESS, id, send.address().getBytes(StandardCharsets.UTF_8)),
            sealer.key(Attempt.ADDRESS_KEY, send.address()),
            sealer.seal(Attempt.BODY, id, clean.text().getBytes(StandardCharsets.UTF_8)), classes.of(message.messageClass()).asks(),
            next.escalateAt(message, send));
    }
}
