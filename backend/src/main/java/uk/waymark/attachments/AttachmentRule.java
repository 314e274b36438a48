package uk.waymark.attachments;

import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sql;

/**
 * What a force says of files; {@code attachments} of its file.
 *
 * @param fileBytes      most bytes of one
 * @param messageFiles   most with one message
 * @param caseBytes      most bytes of all of one person in one case
 * @param serveUnscanned whether what no scanner has looked at is served
 */
record AttachmentRule(int fileBytes, int messageFiles, long caseBytes, boolean serveUnscanned) {

    /** Empty where there is no such case. */
    static Optional<AttachmentRule> of(Connection c, UUID caseId) {
        return Sql.one(c, "select * from waymark.gate_attachment_rule(?)", r -> new AttachmentRule(r.getInt("file_bytes"),
            r.getInt("message_files"), r.getLong("case_bytes"), r.getBoolean("serve_unscanned")), caseId);
    }
}
