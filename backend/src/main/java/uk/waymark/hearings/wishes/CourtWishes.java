package uk.waymark.hearings.wishes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Days to avoid and needs for the day, sealed. Whose they are is the database's to say. */
@Singleton
public final class CourtWishes {
    private static final String WORDS = "court_wish.words";
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    private static final String COLUMNS = "id, person_id, case_id, force_id, kind, words, version, given_at";

    /** What somebody has said. */
    public enum Kind {
        AVAILABILITY, NEEDS;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param reason or null */
    public record Span(LocalDate from, LocalDate to, String reason) {
        boolean meets(LocalDate first, LocalDate last) {
            return !from.isAfter(last) && !to.isBefore(first);
        }
    }

    /** @param interpreter its language, or null; @param other in their words, or null */
    public record Needs(boolean screens, boolean liveLink, String interpreter, boolean separateWaiting, boolean expenses,
                        boolean visitBefore, String other) {
        static final Needs NONE = new Needs(false, false, null, false, false, false, null);
    }

    /** What is sealed: the one or the other. */
    public record Words(List<Span> datesToAvoid, Needs needs) {
        @Override
        public String toString() {
            return "Words";
        }
    }

    /** @param version counts the changes, from 1 */
    public record Wish(UUID id, UUID person, UUID caseId, UUID force, Kind kind, Words words, int version, Instant givenAt) { }

    private final Sealing sealing;

    CourtWishes(Sealing sealing) {
        this.sealing = sealing;
    }

    /** Of this kind in a case, by whoever the transaction acts for. */
    List<Wish> inCase(Connection c, UUID caseId, Kind kind) {
        return Sql.list(c, "select " + COLUMNS + " from waymark.court_wish where case_id = ? and kind = ? order by person_id", this::wish,
            caseId, kind.stored());
    }

    /** Of this kind by a person, in all their cases. */
    public List<Wish> of(Connection c, UUID person, Kind kind) {
        return Sql.list(c, "select " + COLUMNS + " from waymark.court_wish where person_id = ? and kind = ? order by case_id", this::wish,
            person, kind.stored());
    }

    /** All that the persons of an account have asked for; in a transaction of theirs. */
    List<Wish> own(Connection c) {
        return Sql.list(c, "select " + COLUMNS + " from waymark.court_wish where person_id = any ((select waymark.ctx_persons())::uuid[])"
            + " order by case_id, kind, person_id", this::wish);
    }

    /**
     * A person's own, in a transaction of theirs.
     *
     * @param id      of the row; a new one for the first
     * @param version that was read; 0 for none
     * @return false where it has changed since
     */
    boolean put(Connection c, UUID id, UUID person, UUID caseId, Kind kind, Words words, int version, Instant now) {
        return Sql.one(c, "select waymark.gate_put_court_wish(?, ?, ?, ?, ?, ?, ?) as put", r -> r.getBoolean("put"), id, person, caseId,
            kind.stored(), seal(id, words), version, now).orElse(false);
    }

    /** Whoever is one person from now on has asked for it, unless they have under the other name. */
    void merge(Connection c, UUID merged, UUID survivor) {
        Sql.run(c, """
            update waymark.court_wish w set person_id = ?
             where w.person_id = ? and not exists (select 1 from waymark.court_wish o
                                                    where o.person_id = ? and o.case_id = w.case_id and o.kind = w.kind)""",
            survivor, merged, survivor);
    }

    private Wish wish(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Wish(id, Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "force_id"),
            Kind.valueOf(r.getString("kind").toUpperCase(Locale.ROOT)), open(id, r.getBytes("words")), r.getInt("version"),
            Sql.instant(r, "given_at"));
    }

    private byte[] seal(UUID id, Words words) {
        try {
            return sealing.sealText(WORDS, id, JSON.writeValueAsString(words));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was asked for cannot be written");
        }
    }

    private Words open(UUID id, byte[] sealed) {
        try {
            return JSON.readValue(sealing.openText(WORDS, id, sealed), Words.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was asked for cannot be read");
        }
    }
}
