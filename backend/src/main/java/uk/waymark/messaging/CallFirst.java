package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.Sql;

/**
 * In a case with a safety flag, release, bail, conditions that change or end and whatever may free somebody are told by a
 * person who rings, within the hour and at any hour, and by nothing else: a text that nobody reads in time, or that somebody
 * else reads, may cost a life. Nobody's own choice changes that, since it may have been made by who holds the phone.
 */
@Singleton
final class CallFirst {
    static final String KIND = "call_first";
    /** Nobody has answered, as often as was tried. */
    static final String IN_VAIN = "call_first_in_vain";
    private static final String AGAIN = "call_again";
    private static final String WRONG_NUMBER = "wrong_number";

    private final NewsKinds kinds;
    private final ContactTimes times;
    private final ContactChoicesStore store;
    private final CaseClock clock;
    private final DataFile reasons = DataFile.of("/messages/reasons.properties");

    CallFirst(NewsKinds kinds, ContactTimes times, ContactChoicesStore store, CaseClock clock) {
        this.kinds = kinds;
        this.times = times;
        this.store = store;
        this.clock = clock;
    }

    /** What becomes of those messages of a batch that must be told by a call first, by their place in it. */
    Map<Integer, Decision> of(Connection c, List<Pending> batch, List<Contact> contacts) {
        List<Integer> flagged = IntStream.range(0, batch.size()).boxed()
            .filter(i -> contacts.get(i).flagged() && contacts.get(i).ended() == null
                && Contacts.CASE_UPDATE.equals(batch.get(i).messageClass())).toList();
        if (flagged.isEmpty()) {
            return Map.of();
        }
        Map<UUID, NewsKinds.News> news =
            kinds.of(c, flagged.stream().map(i -> batch.get(i).subjectRef()).filter(Objects::nonNull).distinct().toList());
        var decisions = new HashMap<Integer, Decision>();
        for (int i : flagged) {
            if (batch.get(i).subjectRef() != null && times.urgent(news.get(batch.get(i).subjectRef()))) {
                decisions.put(i, decide(c, batch.get(i), contacts.get(i)));
            }
        }
        return decisions;
    }

    private Decision decide(Connection c, Pending message, Contact contact) {
        Decision call = ContactRules.byCall(contact);
        return call instanceof Decision.Send && message.refused().contains(Channel.CALL) ? again(c, message, call) : call;
    }

    private record Try(String outcome, Instant at) { }

    private Decision again(Connection c, Pending message, Decision call) {
        List<Try> tries = Sql.list(c, """
            select outcome, completed_at from waymark.work_item
             where subject_id = ? and kind = 'call_first' and completed_at is not null and outcome <> 'done'
             order by completed_at""", r -> new Try(r.getString("outcome"), Sql.instant(r, "completed_at")), message.messageId());
        if (tries.isEmpty()) {
            return call;
        }
        if (WRONG_NUMBER.equals(tries.getLast().outcome())) {
            return new Decision.Withhold(WRONG_NUMBER);
        }
        if (tries.size() >= times.callFirst().tries()) {
            return new Decision.Withhold(IN_VAIN);
        }
        Instant next = tries.getLast().at().plus(times.callFirst().againAfter());
        return next.isAfter(clock.instant()) ? new Decision.HoldUntil(next, AGAIN) : call;
    }

    /** Whether a call about this is to be made first. @param flagged the person is in a case with a safety flag */
    boolean first(Connection c, UUID subject, boolean flagged) {
        return flagged && subject != null && times.urgent(kinds.of(c, Set.of(subject)).get(subject));
    }

    Instant due(Instant now) {
        return now.plus(times.callFirst().due());
    }

    /** What whoever rings is to know: why now, and what the person has said about it. */
    String briefing(Connection c, UUID person) {
        return reasons.text(KIND) + " " + wish(c, person);
    }

    /** What whoever finds another way is to know, where nobody can be rung. */
    String untold(Connection c, UUID person) {
        return reasons.text("call_first_untold") + " " + wish(c, person);
    }

    private String wish(Connection c, UUID person) {
        ContactChoices.Urgent wish = store.of(c, new UUID[] {person}).getOrDefault(person, ContactChoices.NONE).urgent();
        String said = switch (wish.by()) {
            case NOT_ASKED -> "wish_not_asked";
            case USUAL -> "wish_usual";
            case CALL -> wish.atNight() == null ? "wish_call" : wish.atNight() ? "wish_call_at_night" : "wish_call_by_day";
        };
        return reasons.text(said);
    }
}
