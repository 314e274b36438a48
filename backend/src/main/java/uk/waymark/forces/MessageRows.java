package uk.waymark.forces;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** Brings what a force says of its messages in line with its file. */
final class MessageRows {
    private final Connection c;
    private final List<String> changes;

    MessageRows(Connection c, List<String> changes) {
        this.c = c;
        this.changes = changes;
    }

    void write(UUID force, ForceFile.Messages wanted) {
        ForceFile.Messages known = Sql.one(c, """
            select told_kept_months, traces_kept_days, segment_price_pence, quiet_from, quiet_to, subject_access
              from waymark.force where id = ?""",
            r -> new ForceFile.Messages(r.getObject("told_kept_months", Integer.class),
                r.getObject("traces_kept_days", Integer.class), r.getBigDecimal("segment_price_pence"),
                quiet(r), r.getString("subject_access")), force).orElseThrow();
        if (!known.equals(wanted)) {
            Sql.run(c, """
                update waymark.force
                   set told_kept_months = ?, traces_kept_days = ?, segment_price_pence = ?, quiet_from = ?::time, quiet_to = ?::time,
                       subject_access = ?
                 where id = ?""",
                wanted.wordsKeptMonths(), wanted.tracesKeptDays(), wanted.segmentPricePence(),
                wanted.quietHours() == null ? null : wanted.quietHours().from().toString(),
                wanted.quietHours() == null ? null : wanted.quietHours().to().toString(), wanted.subjectAccess(), force);
            changes.add("messages: words kept " + (wanted.wordsKeptMonths() == null ? "as long as the case"
                : wanted.wordsKeptMonths() + " months") + ", who they went to " + (wanted.tracesKeptDays() == null
                ? "as long as elsewhere" : wanted.tracesKeptDays() + " days") + ", quiet hours " + (wanted.quietHours() == null ? "none"
                : wanted.quietHours().from() + "-" + wanted.quietHours().to()));
        }
    }

    private static ForceFile.Quiet quiet(ResultSet r) throws SQLException {
        LocalTime from = r.getObject("quiet_from", LocalTime.class);
        return from == null ? null : new ForceFile.Quiet(from, r.getObject("quiet_to", LocalTime.class));
    }
}
