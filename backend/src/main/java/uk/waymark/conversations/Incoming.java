package uk.waymark.conversations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.callbacks.OutOfHours;
import uk.waymark.callbacks.UnitHours;
import uk.waymark.cases.CaseOfficers;
import uk.waymark.cases.CaseUnits;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.conversations.Conversation.Goes;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What follows from a message of a person: who reads it by when. As a worker of the force, in the transaction that takes the message,
 * so that it is there with its due time, its item and its copy for the force's own system, or not at all.
 */
@Singleton
final class Incoming {
    static final String ANSWER = "message_to_answer";
    static final String DANGER = "message_danger";
    private static final String WITNESS = "witness";
    private final ConversationStore store;
    private final CaseUnits units;
    private final CaseOfficers officers;
    private final PeopleInCase people;
    private final UnitHours hours;
    private final OutOfHours outOfHours;
    private final Absences absences;
    private final WorkItems workItems;
    private final PutOut putOut;
    private final Outbound outbound;
    private final ConversationWords words;
    private final WorkingDays days;
    private final CaseClock clock;

    Incoming(ConversationStore store, CaseUnits units, CaseOfficers officers, PeopleInCase people, UnitHours hours, OutOfHours outOfHours,
             Absences absences, WorkItems workItems, PutOut putOut, Outbound outbound, ConversationWords words, WorkingDays days, CaseClock clock) {
        this.store = store;
        this.units = units;
        this.officers = officers;
        this.people = people;
        this.hours = hours;
        this.outOfHours = outOfHours;
        this.absences = absences;
        this.workItems = workItems;
        this.putOut = putOut;
        this.outbound = outbound;
        this.words = words;
        this.days = days;
        this.clock = clock;
    }

    static String item(String kind, UUID message) {
        return kind + ':' + message;
    }

    void taken(Connection c, Message message) {
        Conversation known = store.locked(c, message.conversation()).orElseThrow();
        boolean first = store.page(c, known.id(), message.id(), 1).isEmpty();
        String officer = officer(c, known.caseId()).orElse(null);
        Goes to = first ? goes(c, known.caseId(), known.person()) : known.goesTo();
        store.goes(c, known.id(), units.of(c, known.caseId()).orElse(null), to, officer, known.heldBy());
        Conversation now = store.one(c, known.id()).orElseThrow();
        if (now.waitingMessage() == null) {
            waits(c, now, message);
        } else {
            absences.passOn(c, now, clock.instant());
        }
        if (message.danger()) {
            danger(c, now, message);
        }
        putOut.message(c, now, message);
    }

    /** Whoever may not know who the officer is writes to the unit. */
    Goes goes(Connection c, UUID caseId, UUID person) {
        boolean sees = people.part(c, caseId, person).filter(p -> !WITNESS.equals(p.role())).isPresent();
        return sees && officers.of(c, caseId).isPresent() ? Goes.OFFICER : Goes.WITNESS_CARE;
    }

    /** By their number, or their name where none is known. */
    Optional<String> officer(Connection c, UUID caseId) {
        return officers.of(c, caseId).map(o -> o.collarNumber() != null ? o.collarNumber() : o.name());
    }

    /** From this message on somebody waits for a reply. */
    void waits(Connection c, Conversation in, Message message) {
        Instant due = days.after(message.sentAt(), words.number("answer_working_days"));
        store.waits(c, in.id(), message.id(), message.sentAt(), due);
        store.began(c, message.id(), true);
        String detail = words.forStaff("detail.message_to_answer");
        Optional<Absences.Absence> away = absences.of(c, in, clock.instant());
        Optional<String> cover = away.flatMap(a -> absences.cover(c, in.force(), a, clock.instant()));
        if (away.isPresent()) {
            detail += ' ' + words.forStaff("detail.message_to_answer.away");
            detail += cover.map(by -> ' ' + words.forStaff("detail.message_to_answer.cover").replace("{cover}", by)).orElse("");
        }
        String key = item(ANSWER, message.id());
        workItems.open(c, new NewWorkItem(ANSWER, key, in.caseId(), in.person(), in.id(),
            away.isPresent() ? "out_of_office" : Conversation.wire(in.goesTo()), detail, due));
        String reader = away.isPresent() ? cover.orElse(null) : in.heldBy();
        if (reader != null) {
            workItems.idOf(c, key).ifPresent(item -> workItems.claim(c, item, reader));
        }
    }

    private void danger(Connection c, Conversation in, Message message) {
        Optional<UnitHours.Desk> desk = desk(c, in);
        Instant due = message.sentAt().plus(words.time("due.danger"));
        if (in.dangerMessage() == null) {
            dangerous(c, in, message);
        } else {
            wake(c, in);
        }
        // the force's own system wakes whom it has at night: it is given who to, and no word of the message with it
        var data = JsonNodeFactory.instance.objectNode().put("message_id", message.id().toString())
            .put("conversation_id", in.id().toString()).put("due_at", due.toString());
        desk.ifPresent(d -> data.putObject("out_of_hours").put("name", d.name()).put("phone", d.phone()));
        outbound.put(c, new NewParcel(in.force(), DANGER, in.caseId(), in.person(), message.id(), item(DANGER, message.id()), data));
    }

    /** From this message on somebody has to acknowledge what sounds like danger. */
    void dangerous(Connection c, Conversation in, Message message) {
        Optional<UnitHours.Desk> desk = desk(c, in);
        Instant due = message.sentAt().plus(words.time("due.danger"));
        String detail = words.forStaff("detail.message_danger");
        if (desk.isPresent()) {
            detail += "\n\n" + words.forStaff("detail.message_danger.out_of_hours").replace("{name}", desk.get().name())
                .replace("{phone}", desk.get().phone());
        }
        store.danger(c, in.id(), message.id(), due);
        workItems.open(c, new NewWorkItem(DANGER, item(DANGER, message.id()), in.caseId(), in.person(), in.id(), "danger", detail, due));
        wake(c, store.one(c, in.id()).orElseThrow());
    }

    /**
     * Has whoever answers for the force woken where the unit is closed and nobody has acknowledged what sounds like danger: at once, and
     * again in every half an hour ({@code danger.wakes_every}) in which nobody does, whoever has claimed it. Supervisors have it from the first
     * of these on, also while the unit is open.
     */
    void wake(Connection c, Conversation in) {
        Instant since = in.dangerBy().minus(words.time("due.danger"));
        long round = Duration.between(since, clock.instant()).dividedBy(words.time("danger.wakes_every"));
        workItems.idOf(c, item(DANGER, in.dangerMessage()))
            .filter(item -> outOfHours.alert(c, in.force(), in.caseId(), item, round).isPresent() || round > 0)
            .ifPresent(item -> workItems.escalate(c, item));
    }

    /** Whom the force has while the unit is closed, where it is closed now. */
    Optional<UnitHours.Desk> desk(Connection c, Conversation in) {
        UnitHours.There there = hours.of(c, in.force(), in.unit());
        return there.open() ? Optional.empty() : Optional.ofNullable(there.desk());
    }
}
