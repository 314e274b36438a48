package uk.waymark.hearings;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.HearingMessages.Row;
import uk.waymark.hearings.HearingTold.Entry;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.HearingTold.State;
import uk.waymark.messaging.MessageEnded;
import uk.waymark.messaging.MessageLeft;
import uk.waymark.notifications.MessageState;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.WorkItemCompleted;

/** What became of messages and calls about court dates: who was told, how, and who has to be rung at once since nothing reached them. */
@Singleton
final class NoticesTold {
    private static final Set<MessageState> UNTOLD =
        Set.of(MessageState.WITHHELD, MessageState.FAILED, MessageState.EXPIRED, MessageState.UNKNOWN);
    private static final Set<String> TOLD_OTHERWISE = Set.of("message_withheld", "message_failed", "message_unknown", "self_service_off");

    private final HearingMessages messages;
    private final HearingTold told;
    private final HearingStore store;
    private final MergedParts merged;
    private final NoticeTimes times;
    private final CallsNow calls;
    private final OtherCourt otherCourt;
    private final CaseClock clock;

    NoticesTold(HearingMessages messages, HearingTold told, HearingStore store, MergedParts merged, NoticeTimes times, CallsNow calls,
                OtherCourt otherCourt, CaseClock clock) {
        this.messages = messages;
        this.told = told;
        this.store = store;
        this.merged = merged;
        this.times = times;
        this.calls = calls;
        this.otherCourt = otherCourt;
        this.clock = clock;
    }

    /** What staff ring or post is said by them once they have done it. */
    @EventListener
    void left(MessageLeft m) {
        How how = switch (m.said().channel()) {
            case PUSH -> How.PUSH;
            case SMS -> How.SMS;
            case EMAIL -> How.EMAIL;
            case CALL, LETTER -> null;
        };
        State state = switch (m.said().state()) {
            case DELIVERED -> State.REACHED;
            case FAILED, UNKNOWN -> State.NOT_REACHED;
            default -> State.SENT;
        };
        if (how != null) {
            messages.ofMessages(m.connection(), List.of(m.said().messageId())).forEach(r ->
                told.add(m.connection(), m.force(), new Entry(r.hearing(), r.person(), r.caseId(), r.version(), r.what(), how, state,
                    m.said().saidAt(), r.message(), null, r.day(), r.court(), r.ouCode())));
        }
    }

    @EventListener
    void ended(MessageEnded m) {
        UUID id = m.message().messageId();
        for (Row r : messages.ofMessages(m.connection(), List.of(id))) {
            if (m.message().isRead()) {
                add(m.connection(), m.force(), r, How.APP, State.REACHED, id, null);
            } else if (UNTOLD.contains(m.message().state())) {
                untold(m, r);
            }
        }
    }

    private void untold(MessageEnded m, Row r) {
        otherCourt.untold(m.connection(), r);
        boolean tried = told.of(m.connection(), List.of(r.hearing())).stream().anyMatch(e -> r.message().equals(e.message()));
        if (!tried) {
            // nothing left by any way: a text is what everybody would have had
            add(m.connection(), m.force(), r, How.SMS, State.NOT_REACHED, r.message(), null);
        }
        if (r.callsOff() && !"deceased".equals(m.message().reason()) && times.starts(r.day()).isAfter(clock.instant())) {
            String reason = m.message().reason() == null ? m.message().state().stored() : m.message().reason();
            calls.instead(m.connection(), "message:" + r.message(), r, reason, null, clock.instant());
        }
    }

    @EventListener
    void done(WorkItemCompleted item) {
        if (item.subjectId() == null) {
            return;
        }
        boolean call = "told".equals(item.outcome())
            || TOLD_OTHERWISE.contains(item.kind()) && "done".equals(item.outcome());
        How how = item.posted() ? How.LETTER : call ? How.CALL : null;
        if (how == null) {
            return;
        }
        UUID force = item.by().force();
        List<Row> said = messages.ofMessages(item.connection(), List.of(item.subjectId()));
        if (said.isEmpty() && CallsNow.KIND.equals(item.kind())) {
            said = messages.of(item.connection(), item.subjectId(), item.personId()).stream().filter(r -> r.message() == null).limit(1)
                .toList();
        }
        Instant now = clock.instant();
        said.forEach(r -> told.add(item.connection(), force, new Entry(r.hearing(), r.person(), r.caseId(), r.version(), r.what(), how,
            how == How.LETTER && times.letterTooLate(r.day(), now) ? State.SENT : State.REACHED, now, r.message(), item.by().subject(),
            r.day(), r.court(), r.ouCode())));
    }

    private void add(Connection c, UUID force, Row r, How how, State state, UUID message, String by) {
        told.add(c, force, new Entry(r.hearing(), r.person(), r.caseId(), r.version(), r.what(), how, state, clock.instant(), message, by,
            r.day(), r.court(), r.ouCode()));
    }

    /** What was said and answered of a court date that is the same as another was said and answered of that one. */
    @EventListener
    void merged(HearingChanged change) {
        if (change.mergedInto() != null) {
            store.one(change.connection(), change.mergedInto()).ifPresent(into -> merged.dates(change.connection(), change.before(), into));
        }
    }
}
