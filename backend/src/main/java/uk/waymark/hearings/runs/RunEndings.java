package uk.waymark.hearings.runs;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.hearings.HearingTold;
import uk.waymark.hearings.runs.RunStore.State;
import uk.waymark.messaging.MessageEnded;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;

/** What became of the messages of runs: the results, what each person was told, and who has to be rung for a correction. */
@Singleton
final class RunEndings implements ApplicationEventListener<MessageEnded> {
    static final String CALL = "call_to_correct";
    private final HearingTold told;
    private final RunStore store;
    private final WorkItems workItems;

    RunEndings(HearingTold told, RunStore store, WorkItems workItems) {
        this.told = told;
        this.store = store;
        this.workItems = workItems;
    }

    private record About(UUID row, UUID hearing, UUID person, UUID caseId, int version, boolean correction, String how, State state,
                         RunSaid said) { }

    @Override
    public void onApplicationEvent(MessageEnded event) {
        if (!RunJudge.MESSAGE_CLASS.equals(event.message().messageClass())) {
            return;
        }
        of(event.connection(), event.message().messageId()).ifPresent(about -> ended(event, about));
    }

    private Optional<About> of(Connection c, UUID message) {
        return Sql.one(c, """
            select id, hearing_id, person_id, case_id, version, corrects is not null as correction, how, state, said
              from waymark.reminder_run_row where message_id = ? for update""",
            r -> new About(Sql.uuid(r, "id"), Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"),
                r.getInt("version"), r.getBoolean("correction"), r.getString("how"),
                State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)), store.said(r)), message);
    }

    private void ended(MessageEnded event, About about) {
        EndedMessage message = event.message();
        State state = state(message);
        if (about.state() != State.REPLACED && about.state() != State.STOPPED) {
            Sql.run(event.connection(), "update waymark.reminder_run_row set state = ?, reason = ?, changed_at = ? where id = ?",
                state.stored(), state == State.DELIVERED ? null : message.reason(), message.endedAt(), about.row());
        }
        if (state == State.DELIVERED) {
            tell(event.connection(), event.force(), about, HearingTold.State.REACHED, message.messageId(), message.endedAt());
        } else if (state == State.FAILED || state == State.UNKNOWN) {
            tell(event.connection(), event.force(), about, HearingTold.State.NOT_REACHED, message.messageId(), message.endedAt());
            if (RunMessages.CORRECTION.equals(message.template())) {
                workItems.changeKind(event.connection(), "message:" + message.messageId(), CALL,
                    message.reason() == null ? message.state().stored() : message.reason());
            }
        }
    }

    private static State state(EndedMessage message) {
        if (message.isRead()) {
            return State.DELIVERED;
        }
        return switch (message.state()) {
            case DELIVERED -> State.DELIVERED;
            case UNKNOWN -> State.UNKNOWN;
            case CANCELLED -> RunReason.RUN_STOPPED.wireName().equals(message.reason()) ? State.STOPPED : State.SKIPPED;
            default -> State.FAILED;
        };
    }

    /** A provider has it. */
    void sent(Connection c, UUID force, RunStore.Row row, Instant now) {
        tell(c, force, new About(row.id(), row.hearing(), row.person(), row.caseId(), row.version(), row.corrects() != null, row.how(),
            row.state(), row.said()), HearingTold.State.SENT, row.message(), now);
    }

    private void tell(Connection c, UUID force, About about, HearingTold.State state, UUID message, Instant at) {
        if (about.how() != null) {
            var entry = new HearingTold.Entry(about.hearing(), about.person(), about.caseId(), about.version(),
                about.correction() ? HearingTold.What.CORRECTION : HearingTold.What.REMINDER,
                HearingTold.How.valueOf(about.how().toUpperCase(Locale.ROOT)), state, at, message, null);
            told.add(c, force, RunSaid.told(entry, about.said()));
        }
    }
}
