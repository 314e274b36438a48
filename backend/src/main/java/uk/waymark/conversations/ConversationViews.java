package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import uk.waymark.api.model.BeforeYouWrite;
import uk.waymark.api.model.ConversationMessage;
import uk.waymark.api.model.ConversationView;
import uk.waymark.api.model.EmergencyWay;
import uk.waymark.api.model.EmergencyWayKind;
import uk.waymark.api.model.MessageFrom;
import uk.waymark.api.model.MessagesGoTo;
import uk.waymark.api.model.OutOfOffice;
import uk.waymark.api.model.SoundsLikeDanger;
import uk.waymark.api.model.UsualReply;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.conversations.Conversation.Sender;

/** A conversation as its person reads it. */
@Singleton
final class ConversationViews {
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final List<String> WAYS = List.of("call_999", "silent_solution", "relay_uk", "text_999", "sign_999");
    private static final List<String> DIALLED = List.of("999", "999", "18000", "999", "");
    private final ConversationWords words;
    private final Files files;

    ConversationViews(ConversationWords words, Files files) {
        this.files = files;
        this.words = words;
    }

    ConversationView page(MyMessages.Seen seen, List<Message> page, String next) {
        String language = seen.language();
        Reading.Known known = seen.known();
        var shown = new ConversationView(page.stream().map(m -> message(m, seen)).toList(), next,
            MessagesGoTo.fromValue(Conversation.wire(known.to())), before(known, language), usual(known.usual(), language),
            known.there().open());
        if (known.awayUntil() != null) {
            shown.setOutOfOffice(new OutOfOffice(utc(known.awayUntil()), words.of(language, "away")
                .replace("{when}", Week.moment(known.awayUntil(), words, language))));
        }
        shown.setFilesTaken(seen.taken());
        if (known.unheard()) {
            shown.setDanger(danger(seen, true));
        }
        return shown;
    }

    /** What was just sent. */
    ConversationMessage sent(MyMessages.Seen seen) {
        Message message = seen.messages().getFirst();
        ConversationMessage shown = message(message, seen);
        shown.setNext(words.of(seen.language(), "next") + (seen.left() ? ' ' + words.of(seen.language(), "next.without_files") : "")
            + ' ' + readWhen(seen.known(), seen.language()));
        if (message.danger()) {
            shown.setDanger(danger(seen, message.unheard()));
        }
        return shown;
    }

    private ConversationMessage message(Message m, MyMessages.Seen seen) {
        String language = seen.language();
        var shown = new ConversationMessage(m.id(), MessageFrom.fromValue(Conversation.wire(m.sender())),
            m.sender() == Sender.NOTICE ? words.of(language, "notice." + m.notice()) : m.body(), utc(m.sentAt()), m.unheard());
        shown.setReadAt(utc(m.sender() == Sender.PERSON && m.danger() ? m.acknowledgedAt() : m.readAt()));
        shown.setPassedOnAt(utc(m.passedOnAt()));
        shown.setAttachments(files.shown(seen.files().get(m.id()), language));
        return shown;
    }

    private BeforeYouWrite before(Reading.Known known, String language) {
        return new BeforeYouWrite(words.of(language, "before.emergency"), readWhen(known, language), words.of(language, "before.shown"));
    }

    private String readWhen(Reading.Known known, String language) {
        String week = Week.of(known.there().week(), words, language);
        return week.isEmpty() ? words.of(language, "read_when.never") : words.of(language, "read_when").replace("{week}", week);
    }

    private UsualReply usual(OptionalLong minutes, String language) {
        if (minutes.isEmpty()) {
            return new UsualReply(false, words.of(language, "usual.unknown"));
        }
        long m = minutes.getAsLong();
        String said = m < HOUR ? "usual.hour" : m <= 20 * HOUR ? "usual.hours" : m <= DAY + 6 * HOUR ? "usual.day" : "usual.days";
        // rather a little longer than it takes
        long n = said.equals("usual.hours") ? Math.max(2, (m + HOUR - 1) / HOUR) : (m + DAY - 1) / DAY;
        return new UsualReply(true, words.of(language, said).replace("{n}", Long.toString(n))).minutes((int) m);
    }

    private SoundsLikeDanger danger(MyMessages.Seen seen, boolean unheard) {
        String language = seen.language();
        List<EmergencyWay> ways = Stream.iterate(0, i -> i < WAYS.size(), i -> i + 1).map(i -> {
            var way = new EmergencyWay(EmergencyWayKind.fromValue(WAYS.get(i)), words.of(language, "danger." + WAYS.get(i)));
            way.setNumber(DIALLED.get(i).isEmpty() ? null : DIALLED.get(i));
            return way;
        }).toList();
        return new SoundsLikeDanger(words.of(language, seen.discreet() ? "danger.title.discreet" : "danger.title"), seen.discreet(), unheard,
            words.of(language, unheard ? "danger.unread" : "danger.read"), ways);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
