package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/** The rows of lists and of what they say. Everything runs in the caller's transaction, within one force. */
@Singleton
final class CourtListStore {
    private final Ids ids;

    CourtListStore(Ids ids) {
        this.ids = ids;
    }

    /** A list of which an edition has just been noted. */
    record Noted(UUID id, int edition) { }

    /** @param changes events about it so far; @param saidAt when the last of them happened */
    record Row(ListedHearing hearing, int changes, Instant saidAt) { }

    /** Notes a new edition; empty where a later one is held. Holds the list's row until the transaction ends. */
    Optional<Noted> note(Connection c, UUID force, String listKey, String documentKey, Instant publishedAt) {
        return Sql.one(c, """
            insert into waymark.court_list as held (id, force_id, list_key, document_key, published_at, edition)
            values (?, ?, ?, ?, ?, 1)
            on conflict (force_id, list_key) do update
               set document_key = excluded.document_key, published_at = excluded.published_at, edition = held.edition + 1
             where held.published_at <= excluded.published_at
            returning id, edition""",
            r -> new Noted(Sql.uuid(r, "id"), r.getInt("edition")), ids.next(), force, listKey, documentKey, publishedAt);
    }

    /** Other lists that this document was when it was last sent, with other dates. */
    List<UUID> sameDocument(Connection c, UUID force, String documentKey, Instant publishedAt, Collection<UUID> but) {
        return Sql.list(c, """
            select id from waymark.court_list
             where force_id = ? and document_key = ? and published_at <= ? and id <> all (?::uuid[]) order by id""",
            r -> Sql.uuid(r, "id"), force, documentKey, publishedAt, but.toArray(UUID[]::new));
    }

    /** Whether no later edition has been noted since; if so, none can be until the transaction ends. */
    boolean stillNewest(Connection c, Noted list) {
        return Sql.one(c, "select edition from waymark.court_list where id = ? for share", r -> r.getInt("edition"), list.id())
            .filter(edition -> edition == list.edition()).isPresent();
    }

    /** Cases of which these lists say something. */
    List<UUID> casesOn(Connection c, Collection<UUID> lists) {
        return Sql.list(c, "select distinct case_id from waymark.court_listing where list_id = any (?::uuid[])",
            r -> Sql.uuid(r, "case_id"), (Object) lists.toArray(UUID[]::new));
    }

    List<Row> hearings(Connection c, UUID caseId) {
        return Sql.list(c, """
            select id, on_date, week_of, starts_at, court, kind, room, restricted, changes, said_at
              from waymark.listed_hearing where case_id = ? and standing order by id""",
            r -> new Row(new ListedHearing(Sql.uuid(r, "id"), when(r), r.getString("court"), r.getString("kind"),
                r.getString("room"), r.getBoolean("restricted")), r.getInt("changes"), Sql.instant(r, "said_at")), caseId);
    }

    List<ListedHearing.Said> said(Connection c, UUID caseId) {
        return Sql.list(c, """
            select s.list_id, s.hearing_id, l.published_at, s.on_date, s.week_of, s.starts_at, s.court, s.kind, s.room,
                   s.restricted
              from waymark.court_listing s join waymark.court_list l on l.id = s.list_id
             where s.case_id = ? order by s.list_id, s.hearing_id""",
            r -> new ListedHearing.Said(Sql.uuid(r, "list_id"), Sql.uuid(r, "hearing_id"), Sql.instant(r, "published_at"),
                new Listing("", when(r), r.getString("court"), r.getString("kind"), r.getString("room"),
                    r.getBoolean("restricted"))), caseId);
    }

    void write(Connection c, UUID force, UUID caseId, Row row, boolean standing) {
        ListedHearing h = row.hearing();
        Sql.run(c, """
            insert into waymark.listed_hearing (id, force_id, case_id, on_date, week_of, starts_at, court, kind, room,
                                                restricted, standing, changes, said_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
               set on_date = excluded.on_date, week_of = excluded.week_of, starts_at = excluded.starts_at,
                   court = excluded.court, kind = excluded.kind, room = excluded.room, restricted = excluded.restricted,
                   standing = excluded.standing, changes = excluded.changes, said_at = excluded.said_at""",
            h.id(), force, caseId, h.when().on(), h.when().weekOf(), h.when().startsAt(), h.court(), h.kind(), h.room(),
            h.restricted(), standing, row.changes(), row.saidAt());
    }

    void replaceSaid(Connection c, UUID force, UUID caseId, List<ListedHearing.Said> said) {
        Sql.run(c, "delete from waymark.court_listing where case_id = ?", caseId);
        for (ListedHearing.Said s : said) {
            Listing l = s.listing();
            Sql.run(c, """
                insert into waymark.court_listing (list_id, hearing_id, force_id, case_id, on_date, week_of, starts_at,
                                                   court, kind, room, restricted)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                s.list(), s.hearing(), force, caseId, l.when().on(), l.when().weekOf(), l.when().startsAt(), l.court(),
                l.kind(), l.room(), l.restricted());
        }
    }

    private static When when(ResultSet r) throws SQLException {
        return new When(r.getObject("on_date", LocalDate.class), r.getObject("week_of", LocalDate.class),
            Sql.instant(r, "starts_at"));
    }
}
