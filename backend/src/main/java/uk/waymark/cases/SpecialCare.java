package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Who is owed more than others, and so is never left without anything by chance: whoever has enhanced rights, is a child or
 * acts for one, is bereaved, speaks another language than ours, or is in a case with any flag. What is not known counts as
 * if it were so, but for a birthday: forces leave out those of adults.
 */
@Singleton
public final class SpecialCare {
    private static final int OF_AGE = 18;
    private static final Set<String> OTHERS = Set.of("bereaved_relative", "parent", "guardian", "social_worker");
    private final Sealing sealing;
    private final CaseStore store;

    SpecialCare(Sealing sealing, CaseStore store) {
        this.sealing = sealing;
        this.store = store;
    }

    /**
     * Whether it is so in any case of this person in the force.
     *
     * @param c     of a transaction of a worker of the force: staff do not see every case
     * @param today the day in the UK
     */
    public boolean owed(Connection c, UUID person, LocalDate today) {
        return Sql.list(c, """
            select t.role, t.minor, t.facts, t.case_id, p.safety or f.safety or f.restricted as flagged, f.state
              from waymark.participant t join waymark.person p on p.id = t.person_id join waymark.case_file f on f.id = t.case_id
             where t.person_id = ? and not t.removed""",
            r -> {
                UUID caseId = Sql.uuid(r, "case_id");
                byte[] facts = r.getBytes("facts");
                return r.getBoolean("minor") || r.getBoolean("flagged") || OTHERS.contains(r.getString("role")) || facts == null
                    || !store.facts(caseId, r.getBytes("state")).flags().isEmpty() || owed(CaseJson.read(
                        sealing.openText("participant.facts:" + person, caseId, facts), CaseState.PersonFacts.class), today);
            }, person).stream().reduce(Boolean::logicalOr).orElse(true);
    }

    static boolean owed(CaseState.PersonFacts facts, LocalDate today) {
        return !"standard".equals(facts.entitlement()) || facts.enhancedReason() != null || facts.deceased()
            || facts.onBehalfOf() != null && !facts.onBehalfOf().isEmpty()
            || facts.language() != null && !Set.of("en", "cy").contains(facts.language())
            || facts.dateOfBirth() != null && !ofAge(facts.dateOfBirth(), today);
    }

    private static boolean ofAge(String birthday, LocalDate today) {
        try {
            return !LocalDate.parse(birthday).plusYears(OF_AGE).isAfter(today);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
