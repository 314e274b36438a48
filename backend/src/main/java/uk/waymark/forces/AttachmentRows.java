package uk.waymark.forces;

import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** Brings what a force says of files of messages in line with its file. */
final class AttachmentRows {
    private final Connection c;
    private final List<String> changes;

    AttachmentRows(Connection c, List<String> changes) {
        this.c = c;
        this.changes = changes;
    }

    /** What the file leaves out is as the table has it by default. */
    void write(UUID force, ForceFile.Attachments wanted) {
        int changed = Sql.run(c, """
            insert into waymark.attachment_rule as r (force_id, serve_unscanned, file_bytes, message_files, case_bytes)
            values (?, ?, coalesce(?, 10485760), coalesce(?, 5), coalesce(?, 104857600))
            on conflict (force_id) do update set serve_unscanned = excluded.serve_unscanned, file_bytes = excluded.file_bytes,
                message_files = excluded.message_files, case_bytes = excluded.case_bytes
             where (r.serve_unscanned, r.file_bytes, r.message_files, r.case_bytes)
                   is distinct from (excluded.serve_unscanned, excluded.file_bytes, excluded.message_files, excluded.case_bytes)""",
            force, wanted.serveUnscanned(), wanted.fileBytes(), wanted.messageFiles(), wanted.caseBytes());
        if (changed > 0) {
            changes.add("attachments: what no scanner has looked at is " + (wanted.serveUnscanned() ? "served" : "not served"));
        }
    }
}
