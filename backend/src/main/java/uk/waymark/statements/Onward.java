package uk.waymark.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
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
    static final String TO_CONFIRM = "statement_to_confirm";
    static final String TO_FILE = "statement_signed";
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
            open(c, TO_CONFIRM, content, "signed_in_flagged_case");
        } else {
            passOn(c, content, null);
        }
    }

    /** Somebody has spoken to whoever signed it. @param decidedAt case time, or null where nobody had to */
    void passOn(Connection c, SignedContent content, Instant decidedAt) {
        outbound.put(c, new NewParcel(content.force(), TYPE, content.caseId(), content.person(), content.id(),
            TYPE + ':' + content.id(), data(content, decidedAt)));
        if (!takers.any(c, content.force())) {
            open(c, TO_FILE, content, "nobody_takes_it");
        }
    }

    void decided(Connection c, UUID id) {
        workItems.settle(c, TO_CONFIRM + ':' + id);
    }

    /** The force's system has it, so nobody has to file it. */
    void filed(Connection c, UUID id) {
        workItems.settle(c, TO_FILE + ':' + id);
    }

    /** Whether staff were asked to file it themselves: they need no second item for the same. */
    boolean staffFile(Connection c, UUID id) {
        return workItems.idOf(c, TO_FILE + ':' + id).isPresent();
    }

    private void open(Connection c, String kind, SignedContent content, String reason) {
        workItems.open(c, new NewWorkItem(kind, kind + ':' + content.id(), content.caseId(), content.person(), content.id(), reason,
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
