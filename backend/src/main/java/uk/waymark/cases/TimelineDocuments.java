package uk.waymark.cases;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.api.model.TimelineList;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CodeVersion;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Timelines rendered ahead: the first page as one person reads it in one language, sealed. The database takes a document
 * away in the transaction of any change of what it shows; the next reader makes it anew from the rows, which alone are
 * the truth. Where several persons of one account take part in a case there is none.
 */
@Singleton
final class TimelineDocuments {
    private static final byte LINE_FEED = '\n';

    private final ActingAs acting;
    private final Sealing sealing;
    private final JsonMapper json;
    private final byte[] words;

    TimelineDocuments(ActingAs acting, Sealing sealing, JsonMapper json, CodeVersion version) {
        this.acting = acting;
        this.sealing = sealing;
        this.json = json;
        this.words = version.hash();
    }

    /** A page as it goes out. @param etag of language and text */
    record Document(String language, String etag, byte[] text) { }

    /**
     * Whose page it is, as it stood before the rows were read: a document of any other version of the case is never shown,
     * so that a change that comes in beside the reading leaves no old page behind.
     */
    record Place(UUID caseId, UUID person, UUID force, long version) { }

    Document render(TimelineList list, String language) {
        try {
            byte[] text = json.writeValueAsBytes(list);
            return new Document(language, ETags.of(language + new String(text, StandardCharsets.UTF_8)), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What was rendered ahead, in one round trip.
     *
     * @param language null for the one that the person has chosen
     * @throws ActingAs.SignedOut when the session has ended
     */
    Optional<Document> find(Caller.Person caller, UUID caseId, String language) {
        return acting.inOneTrip("select alive, person_id, language, body from waymark.read_timeline(?, ?, ?, ?)",
            r -> document(r, caseId), caller.session(), caseId, language, words);
    }

    private Document document(ResultSet r, UUID caseId) throws SQLException {
        byte[] sealed = r.getBytes("body");
        if (sealed == null) {
            return null;
        }
        String language = r.getString("language");
        byte[] plain = sealing.open(column(Sql.uuid(r, "person_id"), language), caseId, sealed);
        int end = 0;
        while (plain[end] != LINE_FEED) {
            end++;
        }
        return new Document(language, new String(plain, 0, end, StandardCharsets.US_ASCII),
            Arrays.copyOfRange(plain, end + 1, plain.length));
    }

    /** Whose pages of the case these are; asked before the rows are read. One is kept only where it is one person's. */
    List<Place> places(Connection c, UUID caseId) {
        return Sql.list(c, """
            select c.version, c.force_id, p.person_id
              from waymark.case_file c join waymark.participant p on p.case_id = c.id and not p.removed
             where c.id = ? and p.person_id = any ((select waymark.ctx_persons())::uuid[])""",
            r -> new Place(caseId, Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id"), r.getLong("version")), caseId);
    }

    void keep(Connection c, Place place, Document document) {
        // nothing is lost with it: whoever reads this page waits for no disk
        Sql.call(c, "select set_config('synchronous_commit', 'off', true)");
        Sql.run(c, "delete from waymark.timeline_document where case_id = ? and person_id = ? and language = ?",
            place.caseId(), place.person(), document.language());
        Sql.run(c, """
            insert into waymark.timeline_document (case_id, person_id, language, force_id, case_version, words, body)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""",
            place.caseId(), place.person(), document.language(), place.force(), place.version(), words,
            sealing.seal(column(place.person(), document.language()), place.caseId(), plain(document)));
    }

    private static byte[] plain(Document document) {
        byte[] etag = document.etag().getBytes(StandardCharsets.US_ASCII);
        byte[] plain = Arrays.copyOf(etag, etag.length + 1 + document.text().length);
        plain[etag.length] = LINE_FEED;
        System.arraycopy(document.text(), 0, plain, etag.length + 1, document.text().length);
        return plain;
    }

    private static String column(UUID person, String language) {
        return "timeline_document.body:" + person + ':' + language;
    }
}
