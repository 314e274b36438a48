package uk.waymark.forces;

import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** Brings what a force says of reading by its staff in line with its file. */
final class ReadingRows {
    private final Connection c;
    private final List<String> changes;

    ReadingRows(Connection c, List<String> changes) {
        this.c = c;
        this.changes = changes;
    }

    void write(UUID force, ForceFile.Reading said) {
        ForceFile.Reading known = Sql.one(c, """
            select read_reasons = 'required' as required, staff_names_shown from waymark.force where id = ?""",
            r -> new ForceFile.Reading(r.getBoolean("required"), r.getBoolean("staff_names_shown")), force).orElseThrow();
        var wanted = new ForceFile.Reading(said.reasonsRequired() == null ? known.reasonsRequired() : said.reasonsRequired(),
            said.staffNamesShown());
        if (!known.equals(wanted)) {
            Sql.run(c, "update waymark.force set read_reasons = ?, staff_names_shown = ? where id = ?",
                wanted.reasonsRequired() ? "required" : "asked", wanted.staffNamesShown(), force);
            changes.add("reading: a reason is " + (wanted.reasonsRequired() ? "required" : "asked") + ", names of staff are "
                + (wanted.staffNamesShown() ? "shown" : "hidden"));
        }
    }
}
