package uk.waymark.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import uk.waymark.bridge.Takers;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Where a statement goes once it is signed: to the file, or first to somebody who speaks to whoever signed it. */
@Singleton
final class Onward {
    static final String TYPE = "statement_signed";
    static final String READ_ALOUD = "statement_read_aloud";
    static final String TO_CONFIRM = "statement_to_confirm";
    static final String TO_FILE = "statement_signed";
    static final String TO_LOOK_INTO = "statement_flagged_since";
    private static final String MAY_BE_THERE = TO_LOOK_INTO + ":may:";
    static final String BEING_CHECKED = "signed_being_checked";
    private final Outbound outbound;
    private final WorkItems workItems;
    private final Takers takers;
    private final StatementWords words;
    private final CaseClock clock;

    Onward(Outbound outbound, WorkItems workItems, Takers takers, StatementWords words, CaseClock clock) {
        this.outbound = outbound;
        this.workItems = workItems;
        this.takers = takers;
        this.words = words;
        this.clock = clock;
    }

    /** In a transaction of the force, the one that signs it. */
    void signed(Connection c, SignedContent content, String state) {
        if (state.equals(BEING_CHECKED)) {
            open(c, TO_CONFIRM, content, "signed_in_flagged_case", TO_CONFIRM + ':' + content.id());
        } else {
            passOn(c, content, null);
        }
    }

    /** Somebody has spoken to whoever signed it. @param decidedAt case time, or null where nobody had to */
    void passOn(Connection c, SignedContent content, Instant decidedAt) {
        // what was taken back before somebody had spoken to them stays taken back
        String again = decidedAt == null ? "" : ":confirmed";
        outbound.put(c, new NewParcel(content.force(), TYPE, content.caseId(), content.person(), content.id(),
            TYPE + ':' + content.id() + again, data(content, decidedAt)));
        if (!takers.any(c, content.force())) {
            open(c, TO_FILE, content, "nobody_takes_it", TO_FILE + ':' + content.id() + again);
        }
    }

    /**
     * Its person would like another to read it aloud, or nobody. What is being checked goes out with the wish of then.
     *
     * @param flagged whoever holds the phone may have said so: the force's system is told, and staff speak to them
     */
    void readAloud(Connection c, SignedStatements.Signed s, Instant now, boolean flagged) {
        if (goes(s)) {
            put(c, s, ":" + s.changes(), wish(s, now, !flagged));
        }
        workItems.settleOf(c, READ_ALOUD, s.id()); // what was wished before is asked about no more
        if (flagged || !takers.any(c, s.force())) {
            open(c, READ_ALOUD, s.content(), flagged ? "flagged" : "nobody_takes_it", READ_ALOUD + ':' + s.id() + ':' + s.changes());
        }
    }

    /** After the statement itself, where somebody has spoken to them: what they wish by then. */
    void wishAsWell(Connection c, SignedStatements.Signed s, Instant now) {
        if (s.wishByThem() != null) {
            put(c, s, ":confirmed", wish(s, now, true).put("confirmed_at", now.toString()));
        }
    }

    /** Somebody has heard from them who is to read it aloud: what they said, or what holds where it was not they who changed it. */
    void sureOfReadAloud(Connection c, SignedStatements.Signed s, Instant now) {
        if (goes(s)) {
            put(c, s, ":" + s.changes() + (s.disowned() ? ":not_theirs" : ":sure"), wish(s, now, true).put("confirmed_at", now.toString()));
        }
    }

    /**
     * A flag has come since they said so, and the force does not have it yet: it goes as what somebody else may have said, and staff
     * speak to them.
     */
    void unsureOfReadAloud(Connection c, SignedStatements.Signed s, Instant now) {
        outbound.withdraw(c, READ_ALOUD, s.id());
        put(c, s, ":" + s.changes() + ":flagged", wish(s, now, false));
        open(c, READ_ALOUD, s.content(), "flagged", READ_ALOUD + ':' + s.id() + ':' + s.changes() + ":flagged");
    }

    /** What was taken back has arrived: whoever has it has to know who is to read it now, and that somebody else may have said so. */
    void readAloudArrivedAllTheSame(Connection c, SignedStatements.Signed s) {
        open(c, READ_ALOUD, s.content(), "flagged", READ_ALOUD + ':' + s.id() + ':' + s.changes() + ":arrived");
    }

    private static boolean goes(SignedStatements.Signed s) {
        return s.state().equals("signed") || s.state().equals("passed_on");
    }

    private void put(Connection c, SignedStatements.Signed s, String key, JsonNode wish) {
        outbound.put(c, new NewParcel(s.force(), READ_ALOUD, s.caseId(), s.person(), s.id(), READ_ALOUD + ':' + s.id() + key, wish));
    }

    private static ObjectNode wish(SignedStatements.Signed s, Instant now, boolean confirmed) {
        return StatementJson.MAPPER.createObjectNode().put("statement_id", s.id().toString()).put("read_aloud", s.readAloudByThem())
            .put("said_at", now.toString()).put("confirmed", confirmed);
    }

    /** A flag has come since it was signed, and it has not arrived: it goes nowhere before somebody has spoken to whoever signed it. */
    void held(Connection c, SignedContent content) {
        boolean tried = outbound.withdraw(c, TYPE, content.id());
        outbound.withdraw(c, READ_ALOUD, content.id()); // it goes after the statement, with the wish of then
        workItems.settleOf(c, TO_FILE, content.id());
        if (tried) {
            workItems.open(c, new NewWorkItem(TO_LOOK_INTO, MAY_BE_THERE + content.id(), content.caseId(), content.person(), content.id(),
                "may_have_arrived", words.forStaff("detail.statement_flagged_since.may_have_arrived"),
                clock.instant().plus(words.time("due." + TO_LOOK_INTO))));
        }
        open(c, TO_CONFIRM, content, "flagged_since", TO_CONFIRM + ':' + content.id());
    }

    /** A flag has come since it was signed, and the force has it: nothing brings it back, and somebody should speak to them. */
    void tooLate(Connection c, SignedContent content) {
        workItems.settle(c, MAY_BE_THERE + content.id()); // it is
        open(c, TO_LOOK_INTO, content, "flagged_since", TO_LOOK_INTO + ':' + content.id());
    }

    void decided(Connection c, UUID id) {
        workItems.settle(c, TO_CONFIRM + ':' + id);
    }

    /** The force's system has it, so nobody has to file it. */
    void filed(Connection c, UUID id) {
        workItems.settleOf(c, TO_FILE, id);
    }

    /** Whether staff were asked to file it themselves: they need no second item for the same. */
    boolean staffFile(Connection c, UUID id) {
        return Stream.of("", ":confirmed").anyMatch(again -> workItems.idOf(c, TO_FILE + ':' + id + again).isPresent());
    }

    private void open(Connection c, String kind, SignedContent content, String reason, String key) {
        workItems.open(c, new NewWorkItem(kind, key, content.caseId(), content.person(), content.id(), reason,
            words.forStaff("detail." + kind), clock.instant().plus(words.time("due." + kind))));
    }

    /** What was signed, as it was signed, and its hash; the salt goes with it, so that the force can check the hash as well. */
    private static JsonNode data(SignedContent content, Instant decidedAt) {
        String canonical = content.canonical();
        ObjectNode data = StatementJson.MAPPER.createObjectNode();
        data.put("statement_id", content.id().toString());
        data.put("signed_at", content.signedAt().toString());
        data.put("kind", content.kind());
        data.put("hash", SignedContent.hex(SignedContent.hash(canonical)));
        if (decidedAt != null) {
            data.put("confirmed_at", decidedAt.toString());
        }
        data.set("statement", StatementJson.read(canonical, JsonNode.class));
        data.put("canonical", canonical);
        return data;
    }
}
