package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
        return Sql.list(c, """
            select case_id, person_id, facts from waymark.participant
             where person_id = any ((select waymark.ctx_persons())::uuid[]) and facts is not null""",
            r -> CaseJson.read(sealing.openText("participant.facts:" + Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"),
                r.getBytes("facts")), CaseState.PersonFacts.class)).stream()
            .map(facts -> date(facts.dateOfBirth())).flatMap(Optional::stream).distinct().toList();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.ofNullable(text).map(LocalDate::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
