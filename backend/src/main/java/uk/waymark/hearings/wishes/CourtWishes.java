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
    private static final String WHY = "court_wish.why";
    private static final String COLUMNS = "id, person_id, case_id, force_id, kind, words, version, given_at, given_by, why, passed_on_at";

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

        Needs saying(String words) {
            return new Needs(screens, liveLink, interpreter, separateWaiting, expenses, visitBefore, words);
        }
    }

    /** What is sealed: the one or the other. */
    public record Words(List<Span> datesToAvoid, Needs needs) {

        /** Whether somebody's own words are in it, beside days and what can be ticked. */
        boolean hasTexts() {
            return datesToAvoid != null && datesToAvoid.stream().anyMatch(s -> s.reason() != null) || needs != null && needs.other() != null;
        }

        Words withoutTexts() {
            return new Words(datesToAvoid == null ? null : datesToAvoid.stream().map(s -> new Span(s.from(), s.to(), null)).toList(),
                needs == null ? null : needs.saying(null));
        }

        /** With the texts of the other one where this one has none: of the same days, and of what else is needed. */
        Words withTextsOf(Words other) {
            List<Span> days = datesToAvoid == null || other.datesToAvoid() == null ? datesToAvoid : datesToAvoid.stream()
                .map(s -> s.reason() != null ? s : other.datesToAvoid().stream().filter(o -> o.from().equals(s.from()) && o.to().equals(s.to()))
                    .findFirst().orElse(s)).toList();
            return new Words(days, needs == null || needs.other() != null || other.needs() == null ? needs : needs.saying(other.needs().other()));
        }

        @Override
        public String toString() {
            return "Words";
        }
    }

    /**
     * What somebody asked for, as it was last said.
     *
     * @param version  counts the changes, from 1
     * @param givenBy  the member of staff who put it down for them; null where they said it here
     * @param why      how staff came to put it down; null as {@code givenBy}
     * @param passedOn case time at which the force's own system said that it has it; null where it has not
     */
    public record Wish(UUID id, UUID person, UUID caseId, UUID force, Kind kind, Words words, int version, Instant givenAt,
                       String givenBy, String why, Instant passedOn) {
        /** Without anybody's words. */
        @Override
        public String toString() {
            return "Wish[id=" + id + ", kind=" + kind + ", version=" + version + "]";
        }
    }

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

    /**
     * What staff put down for somebody, in a transaction of theirs.
     *
     * @param wish with the version that it is to have; one more than that which was read
     * @return false where it has changed since
     */
    boolean putByStaff(Connection c, Wish wish) {
        byte[] words = seal(wish.id(), wish.words());
        byte[] why = sealing.sealText(WHY, wish.id(), wish.why());
        return 1 == (wish.version() == 1 ? Sql.run(c, """
            insert into waymark.court_wish (id, person_id, case_id, force_id, kind, words, version, given_at, given_by, why)
            values (?, ?, ?, ?, ?, ?, 1, ?, ?, ?) on conflict (case_id, person_id, kind) do nothing""", wish.id(), wish.person(),
            wish.caseId(), wish.force(), wish.kind().stored(), words, wish.givenAt(), wish.givenBy(), why)
            : Sql.run(c, """
            update waymark.court_wish set words = ?, version = version + 1, given_at = ?, given_by = ?, why = ?, parcel_ref = null,
                   passed_on_at = null
             where id = ? and version = ?""", words, wish.givenAt(), wish.givenBy(), why, wish.id(), wish.version() - 1));
    }

    /** This goes to the force's own system as it stands. */
    void wentOut(Connection c, UUID id, UUID parcel) {
        Sql.run(c, "update waymark.court_wish set parcel_ref = ?, passed_on_at = null where id = ?", parcel, id);
    }

    /** The force's own system has this; nothing happens where it was changed since. */
    void arrived(Connection c, UUID parcel, Instant at) {
        Sql.run(c, "update waymark.court_wish set passed_on_at = ? where parcel_ref = ?", at, parcel);
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
            Sql.instant(r, "given_at"), r.getString("given_by"), why(id, r.getBytes("why")), Sql.instant(r, "passed_on_at"));
    }

    /** A person is not shown why. */
    private String why(UUID id, byte[] sealed) {
        return sealed == null ? null : sealing.openText(WHY, id, sealed);
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
