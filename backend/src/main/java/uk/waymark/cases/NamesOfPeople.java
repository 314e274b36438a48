package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What staff call people and cases, for lists of features that know them by their ids. Whoever shows them writes that down. */
@Singleton
public final class NamesOfPeople {
    private final Sealing sealing;

    NamesOfPeople(Sealing sealing) {
        this.sealing = sealing;
    }

    /** Names as people write them, of those that the caller may see; a person of whom none is known is left out. */
    public Map<UUID, String> of(Connection c, Collection<UUID> persons) {
        var found = new HashMap<UUID, String>();
        Sql.list(c, "select id, details from waymark.person where id = any(?) and details is not null", r -> {
            UUID id = Sql.uuid(r, "id");
            var details = CaseJson.read(sealing.openText("person.details", id, r.getBytes("details")), PeopleStore.Details.class);
            String name = (text(details.givenName()) + ' ' + text(details.familyName())).strip();
            return name.isEmpty() ? null : found.put(id, name);
        }, (Object) persons.toArray(UUID[]::new));
        return found;
    }

    /** Crime references of those cases that the caller may see, by case. */
    public Map<UUID, String> references(Connection c, Collection<UUID> cases) {
        var found = new HashMap<UUID, String>();
        Sql.list(c, "select id, crime_reference from waymark.case_file where id = any(?)",
            r -> found.put(Sql.uuid(r, "id"), r.getString("crime_reference")), (Object) cases.toArray(UUID[]::new));
        return found;
    }

    private static String text(String part) {
        return part == null ? "" : part;
    }
}
