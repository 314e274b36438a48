package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.access.UnusualReading;
import uk.waymark.account.StaffLimits;
import uk.waymark.api.model.FoundCase;
import uk.waymark.api.model.FoundPeople;
import uk.waymark.api.model.FoundPerson;
import uk.waymark.api.model.ParticipantRole;
import uk.waymark.api.model.StageCode;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Staff find people of their own force by a name or a number. That they looked is written down, and so is whom they were shown. */
@Singleton
final class PersonSearches {
    private static final int MOST = 25;
    private final ActingAs acting;
    private final PersonWords words;
    private final PhoneNumbers numbers;
    private final Sealing sealing;
    private final StaffLimits limits;
    private final Audit audit;
    private final UnusualReading unusual;

    PersonSearches(ActingAs acting, PersonWords words, PhoneNumbers numbers, Sealing sealing, StaffLimits limits, Audit audit,
                   UnusualReading unusual) {
        this.acting = acting;
        this.words = words;
        this.numbers = numbers;
        this.sealing = sealing;
        this.limits = limits;
        this.audit = audit;
        this.unusual = unusual;
    }

    /**
     * One of both.
     *
     * @throws ProblemException 422 for a name without words or with too many, or what is no number; 428 without a reason; 429
     */
    FoundPeople find(Caller.Staff staff, String name, String mobile) {
        List<NameWords.Term> terms = NameWords.terms(name);
        if (name != null && (terms.isEmpty() || terms.size() > NameWords.MOST)) {
            throw ProblemException.unprocessable("/name", "Enter one to " + NameWords.MOST + " whole words of the name.");
        }
        String number = name != null ? null : numbers.parse(mobile).orElseThrow(() -> ProblemException.unprocessable("/mobile",
            "This is no telephone number. Enter the whole of it, such as 07700 900123."));
        limits.search(staff);
        return acting.as(staff, (Connection c) -> {
            audit.record(c, staff, "person_searched", null, null);
            List<UUID> found = number == null ? words.find(c, staff.force(), terms, MOST + 1) : byNumber(c, number);
            List<FoundPerson> people = people(c, found.stream().limit(MOST).toList());
            people.forEach(p -> p.getCases().forEach(one -> {
                audit.record(c, staff, "person_found", one.getId(), p.getId());
                unusual.shown(c, staff, one.getId(), p.getId(), p.getFamilyName());
            }));
            return new FoundPeople(people, found.size() > MOST);
        });
    }

    private List<UUID> byNumber(Connection c, String number) {
        return Sql.list(c, """
            select p.id from waymark.person p
             where p.mobile_key = any (?) and p.merged_into is null
               and exists (select 1 from waymark.participant pa join waymark.case_file f on f.id = pa.case_id
                            where pa.person_id = p.id and not pa.removed)
             order by p.id desc limit ?""", r -> Sql.uuid(r, "id"), sealing.keys("mobile", number), MOST + 1);
    }

    /** In the order of the ids, each with the cases that whoever asks may open. */
    private List<FoundPerson> people(Connection c, List<UUID> ids) {
        Map<UUID, FoundPerson> people = new LinkedHashMap<>();
        Sql.list(c, """
            select p.id, p.details, f.id as case_id, f.crime_reference, f.stage, f.safety, pa.role
              from waymark.person p join waymark.participant pa on pa.person_id = p.id and not pa.removed
              join waymark.case_file f on f.id = pa.case_id
             where p.id = any (?) order by p.id desc, f.id desc""",
            r -> {
                UUID id = Sql.uuid(r, "id");
                FoundPerson person = people.get(id);
                if (person == null) {
                    var details = CaseJson.read(sealing.openText("person.details", id, r.getBytes("details")), PeopleStore.Details.class);
                    person = new FoundPerson(id, text(details.givenName()), text(details.familyName()), new java.util.ArrayList<>());
                    person.setOrganisation(details.organisation());
                    people.put(id, person);
                }
                person.getCases().add(new FoundCase(Sql.uuid(r, "case_id"), r.getString("crime_reference"),
                    ParticipantRole.fromValue(r.getString("role")), StageCode.fromValue(r.getString("stage")), r.getBoolean("safety")));
                return id;
            }, (Object) ids.toArray(UUID[]::new));
        return List.copyOf(people.values());
    }

    private static String text(String name) {
        return name == null ? "" : name;
    }
}
