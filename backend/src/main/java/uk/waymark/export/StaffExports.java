package uk.waymark.export;

import jakarta.inject.Singleton;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/**
 * What a person asked for and must not download, taken out by a supervisor who has claimed that wish, to be handed over in a way
 * that is safe. The file is the person's own: what staff may see beyond it is not in it.
 */
@Singleton
class StaffExports {
    private final ActingAs acting;
    private final Exports exports;
    private final Audit audit;

    StaffExports(ActingAs acting, Exports exports, Audit audit) {
        this.acting = acting;
        this.exports = exports;
        this.audit = audit;
    }

    /**
     * Checks and notes at once, and writes later.
     *
     * @param item     the person's {@code export_wanted}
     * @param language {@code en} or {@code cy}; null for the person's own
     * @throws ProblemException 404; 409 where a case of the person is open to other named people only; 422 where the item is not this
     *                          supervisor's or not about this
     */
    Exports.Body open(Caller.Staff staff, UUID person, UUID item, String language) {
        acting.as(staff, c -> Sql.one(c, "select id from waymark.person where id = ? and merged_into is null",
            r -> Sql.uuid(r, "id"), person)).orElseThrow(ProblemException::notFound);
        Exports.Body body = exports.body(new Caller.ForPerson(staff, person, item), language);
        acting.as(staff, c -> {
            audit.record(c, staff, "export_read", null, person);
            return null;
        });
        return body;
    }
}
