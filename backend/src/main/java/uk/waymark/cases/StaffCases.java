package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Cases as staff of their force find and read them. */
@Singleton
final class StaffCases {
    private final CaseStore store;
    private final Sealing sealing;

    StaffCases(CaseStore store, Sealing sealing) {
        this.store = store;
        this.sealing = sealing;
    }

    record Row(UUID id, String crimeReference, String stage, boolean recorded, boolean onPhones, CaseState.Facts facts,
               Instant updatedAt) { }

    record PersonRow(UUID id, String source, String sourcePersonId, String role, PeopleStore.Details details, String mobile,
                     String mobileSafe, String language, boolean deceased) { }

    List<Row> find(Connection c, String crimeReference) {
        return Sql.list(c, """
            select id, crime_reference, stage, recorded, on_phones, state, updated_at
              from waymark.case_file where crime_reference_key = ? order by id""",
            StaffCases.this::row, CrimeReferences.key(crimeReference));
    }

    Optional<Row> one(Connection c, UUID id) {
        return Sql.one(c, """
            select id, crime_reference, stage, recorded, on_phones, state, updated_at
              from waymark.case_file where id = ?""", this::row, id);
    }

    private Row row(java.sql.ResultSet r) throws java.sql.SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Row(id, r.getString("crime_reference"), r.getString("stage"), r.getBoolean("recorded"),
            r.getBoolean("on_phones"), store.facts(id, r.getBytes("state")), Sql.instant(r, "updated_at"));
    }

    List<PersonRow> people(Connection c, UUID caseId) {
        return Sql.list(c, """
            select pe.id, pe.source, pe.source_person_id, pa.role, pe.details, pe.mobile, pe.mobile_safe,
                   coalesce(pe.chosen_language, pe.language) as language, pe.deceased
              from waymark.participant pa join waymark.person pe on pe.id = pa.person_id
             where pa.case_id = ? and not pa.removed order by pe.source, pe.source_person_id""",
            r -> {
                UUID id = Sql.uuid(r, "id");
                return new PersonRow(id, r.getString("source"), r.getString("source_person_id"), r.getString("role"),
                    details(id, r.getBytes("details")), sealing.openText("person.mobile", id, r.getBytes("mobile")),
                    r.getString("mobile_safe"), r.getString("language"), r.getBoolean("deceased"));
            }, caseId);
    }

    private PeopleStore.Details details(UUID person, byte[] sealed) {
        return sealed == null ? new PeopleStore.Details("", "", null, null)
            : CaseJson.read(sealing.openText("person.details", person, sealed), PeopleStore.Details.class);
    }
}
