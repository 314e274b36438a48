package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.account.OwnBirthdays;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Birthdays as each case tells them of the signed-in person; one that is no date is passed over. */
@Singleton
final class ReportedBirthdays implements OwnBirthdays {
    private final Sealing sealing;

    ReportedBirthdays(Sealing sealing) {
        this.sealing = sealing;
    }

    @Override
    public List<LocalDate> of(Connection c) {
        return dates(Sql.list(c, """
            select case_id, person_id, facts from waymark.participant
             where person_id = any ((select waymark.ctx_persons())::uuid[]) and facts is not null""", this::facts));
    }

    @Override
    public List<LocalDate> at(Connection c, UUID code, UUID account) {
        return dates(Sql.list(c, "select case_id, person_id, facts from waymark.gate_facts_at_code(?, ?)", this::facts, code, account));
    }

    private CaseState.PersonFacts facts(ResultSet r) throws SQLException {
        return CaseJson.read(sealing.openText("participant.facts:" + Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"),
            r.getBytes("facts")), CaseState.PersonFacts.class);
    }

    private static List<LocalDate> dates(List<CaseState.PersonFacts> all) {
        return all.stream().map(facts -> date(facts.dateOfBirth())).flatMap(Optional::stream).distinct().toList();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.ofNullable(text).map(LocalDate::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
