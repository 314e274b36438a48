package uk.waymark.attachments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Rows of files. What a file is called and what is in it is sealed. */
@Singleton
final class AttachmentStore {
    private static final String DETAILS = "attachment.details";
    private static final String CONTENT = "attachment_part.content";
    /** So that neither sealing nor the database's driver ever holds a whole file more than once. */
    private static final int PART_BYTES = 1 << 20;
    private static final String ALL = """
        select a.id, a.force_id, a.case_id, a.person_id, a.by_staff, a.message_id, a.type, a.size, a.details, a.scan, a.uploaded_at,
               coalesce((select r.serve_unscanned from waymark.gate_attachment_rule(a.case_id) r), false) as serve_unscanned
          from waymark.attachment a\s""";
    private static final Logger LOG = LoggerFactory.getLogger(AttachmentStore.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Sealing sealing;
    private final Ids ids;

    AttachmentStore(Sealing sealing, Ids ids) {
        this.sealing = sealing;
        this.ids = ids;
    }

    /** What is to be kept. @param bytes none where something was found in it */
    record New(UUID id, UUID caseId, UUID person, String type, byte[] bytes, int size, Kept.Details details, String scan, Instant scanAt) { }

    /** By a person. @return {@code taken}, {@code full}, or empty where the case is not theirs */
    Optional<String> give(Connection c, New file, Instant now) {
        Optional<String> said = Sql.one(c, "select waymark.gate_add_attachment(?, ?, ?, ?, ?, ?, ?, ?, ?) as said", r -> r.getString("said"),
            file.id(), file.person(), file.caseId(), file.type(), file.size(), sealed(file.id(), file.details()), file.scan(), file.scanAt(),
            now);
        if (said.filter("taken"::equals).isPresent()) {
            parts(file, (id, number, content) -> {
                if (!Sql.one(c, "select waymark.gate_add_attachment_part(?, ?, ?, ?) as added", r -> r.getBoolean("added"), id, file.id(),
                        number, content).orElse(false)) {
                    throw new IllegalStateException("a part of a file was not taken");
                }
            });
        }
        return said;
    }

    /** By staff of the force. */
    void add(Connection c, UUID force, String byStaff, New file, Instant now) {
        Sql.run(c, """
            insert into waymark.attachment (id, force_id, case_id, person_id, by_staff, type, size, details, scan, scan_at, uploaded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", file.id(), force, file.caseId(), file.person(), byStaff, file.type(), file.size(),
            sealed(file.id(), file.details()), file.scan(), file.scanAt(), now);
        parts(file, (id, number, content) -> Sql.run(c, """
            insert into waymark.attachment_part (id, attachment_id, force_id, number, content) values (?, ?, ?, ?, ?)""", id, file.id(), force,
            number, content));
    }

    /** Takes one sealed part. */
    private interface Part {
        void take(UUID id, int number, byte[] content);
    }

    private void parts(New file, Part taker) {
        for (int from = 0, number = 0; from < file.bytes().length; from += PART_BYTES, number++) {
            UUID id = ids.next();
            taker.take(id, number, sealing.seal(CONTENT, id,
                Arrays.copyOfRange(file.bytes(), from, Math.min(file.bytes().length, from + PART_BYTES))));
        }
    }

    Optional<Kept> one(Connection c, UUID id) {
        return Sql.one(c, ALL + "where a.id = ?", this::row, id);
    }

    Map<UUID, List<Kept>> ofMessages(Connection c, Collection<UUID> messages) {
        var found = new LinkedHashMap<UUID, List<Kept>>();
        if (!messages.isEmpty()) {
            Sql.list(c, ALL + "where a.message_id = any(?) order by a.message_id, a.place", this::row, (Object) messages.toArray(UUID[]::new))
                .forEach(k -> found.computeIfAbsent(k.messageId(), m -> new ArrayList<>()).add(k));
        }
        return found;
    }

    /** What the persons of the caller's account gave or were given, page by page. @param after the last of the page before, or null */
    List<Kept> own(Connection c, UUID after, int most) {
        return Sql.list(c, ALL + """
            where a.person_id = any ((select waymark.ctx_persons())::uuid[]) and a.message_id is not null
              and a.id > coalesce(?::uuid, '00000000-0000-0000-0000-000000000000') order by a.id limit ?""", this::row, after, most);
    }

    /** Bytes of all files of staff for one person in one case. */
    static long ofStaff(Connection c, UUID caseId, UUID person) {
        Sql.call(c, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "attachment staff " + person);
        return Sql.one(c, """
            select coalesce(sum(size), 0) as bytes from waymark.attachment
             where case_id = ? and person_id = ? and by_staff is not null and scan <> 'infected'""", r -> r.getLong("bytes"), caseId, person)
            .orElse(0L);
    }

    /** The whole file. @throws IllegalStateException where it is not what was kept */
    byte[] bytes(Connection c, Kept file) {
        var whole = new byte[file.size()];
        int[] at = {0};
        Sql.list(c, "select id, content from waymark.attachment_part where attachment_id = ? order by number", r -> {
            byte[] part = sealing.open(CONTENT, Sql.uuid(r, "id"), r.getBytes("content"));
            System.arraycopy(part, 0, whole, Math.min(at[0], whole.length), Math.max(0, Math.min(part.length, whole.length - at[0])));
            at[0] += part.length;
            return null;
        }, file.id());
        if (at[0] != whole.length || !sha256(whole).equals(file.details().sha256())) {
            throw new IllegalStateException("the parts of a file are not what was kept");
        }
        return whole;
    }

    /**
     * What the scanner said. In a transaction of the force. What something was found in is not kept, unless it has gone with a message: then
     * it is part of the record, and stays sealed, served to nobody.
     */
    void scanned(Connection c, Kept file, String scan, String finding, Instant now) {
        Sql.run(c, "update waymark.attachment set scan = ?, details = ?, scan_at = ? where id = ?", scan,
            sealed(file.id(), new Kept.Details(file.details().name(), file.details().sha256(), finding)), now, file.id());
        if (scan.equals(Kept.INFECTED)) {
            // as the row is now, which the update holds: it may have been sent while the scanner looked
            Sql.run(c, """
                delete from waymark.attachment_part p using waymark.attachment a
                 where p.attachment_id = ? and a.id = p.attachment_id and a.message_id is null""", file.id());
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] sealed(UUID id, Kept.Details details) {
        try {
            return sealing.seal(DETAILS, id, JSON.writeValueAsBytes(details));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("details of a file cannot be written");
        }
    }

    private Kept row(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Kept(id, Sql.uuid(r, "force_id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"), r.getString("by_staff"),
            Sql.uuid(r, "message_id"), r.getString("type"), r.getInt("size"), details(id, r.getBytes("details")), r.getString("scan"),
            r.getBoolean("serve_unscanned"), Sql.instant(r, "uploaded_at"));
    }

    /** Those that cannot be opened are nobody's, and keep nothing else of the conversation back. Without why, which may quote a name. */
    private Kept.Details details(UUID id, byte[] sealed) {
        try {
            return JSON.readValue(sealing.open(DETAILS, id, sealed), Kept.Details.class);
        } catch (java.io.IOException | IllegalStateException e) {
            LOG.error("what file {} is called cannot be read", id);
            return new Kept.Details(null, null, null);
        }
    }
}
