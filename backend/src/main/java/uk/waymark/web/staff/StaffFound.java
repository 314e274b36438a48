package uk.waymark.web.staff;

import java.util.List;
import java.util.UUID;
import uk.waymark.api.model.FoundPeople;
import uk.waymark.api.model.StaffCaseList;

/**
 * What was found.
 *
 * @param more whether another word would help
 */
public record StaffFound(List<Line> lines, boolean more) {

    /** @param heading a person's name, or a case's reference */
    public record Line(String heading, List<Case> cases) { }

    /** @param role as the API has it, or null */
    public record Case(UUID id, String reference, String role, boolean flagged) { }

    boolean nobody() {
        return lines.isEmpty();
    }

    static StaffFound cases(StaffCaseList found) {
        return new StaffFound(found.getItems().stream().map(c -> new Line(c.getCrimeReference(), List.of(new Case(c.getId(),
            c.getCrimeReference(), null, !c.getFlags().isEmpty())))).toList(), false);
    }

    static StaffFound people(FoundPeople found) {
        return new StaffFound(found.getItems().stream().map(p -> new Line(
            ((p.getGivenName() + " " + p.getFamilyName()).strip() + (p.getOrganisation() == null ? "" : ", " + p.getOrganisation())).strip(),
            p.getCases().stream().map(c -> new Case(c.getId(), c.getCrimeReference(), c.getRole().getValue(),
                Boolean.TRUE.equals(c.getFlagged()))).toList())).toList(), Boolean.TRUE.equals(found.getMore()));
    }
}
