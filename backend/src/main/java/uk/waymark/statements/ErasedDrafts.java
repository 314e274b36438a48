package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.export.Erasable;
import uk.waymark.platform.Sql;

/** Drafts are a person's own; what they have signed is the case's. */
@Singleton
final class ErasedDrafts implements Erasable {

    @Override
    public String what() {
        return "statement_drafts";
    }

    @Override
    public void erase(Connection c, UUID person) {
        Sql.call(c, "select waymark.gate_erase_statement_drafts(?)", person);
    }
}
