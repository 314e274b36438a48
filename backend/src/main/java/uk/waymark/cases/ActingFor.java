package uk.waymark.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import uk.waymark.cases.CaseState.Part;
import uk.waymark.cases.CaseState.PersonKey;

/**
 * Who is contacted where a parent, guardian or social worker acts for somebody ({@code for}): as the force says
 * ({@code contact}, of the young person or else of the adult), otherwise both. At 18 it is the young person alone, unless
 * the force has said otherwise since.
 */
final class ActingFor {
    private static final Set<String> ROLES = Set.of("parent", "guardian", "social_worker");
    private static final String CHILD = "child";
    private static final String ADULT = "adult";
    private static final int OF_AGE = 18;

    private final Map<PersonKey, Part> parts;
    private final Map<PersonKey, Instant> acts;
    private final Map<PersonKey, Instant> said;
    private final LocalDate today;
    private final Set<PersonKey> quiet = new HashSet<>();
    private final Set<PersonKey> minors = new HashSet<>();
    private final Map<PersonKey, Set<PersonKey>> cutOff = new HashMap<>();

    /**
     * @param acts since when each acts for somebody
     * @param said when the force last said something else than before of who is contacted, of each
     */
    ActingFor(Map<PersonKey, Part> parts, Map<PersonKey, Instant> acts, Map<PersonKey, Instant> said, LocalDate today) {
        this.parts = parts;
        this.acts = acts;
        this.said = said;
        this.today = today;
        var stillFor = new HashSet<PersonKey>();
        var noLonger = new HashSet<PersonKey>();
        parts.forEach((key, part) -> {
            List<PersonKey> adults = here(part) ? adultsOf(key) : List.of();
            if (!adults.isEmpty()) {
                String contact = contact(key, part, adults);
                (CHILD.equals(contact) ? noLonger : stillFor).addAll(adults);
                if (CHILD.equals(contact)) {
                    cutOff.put(key, Set.copyOf(adults));
                }
                if (ADULT.equals(contact)) {
                    quiet.add(key);
                }
                if (birthday(part).filter(today::isBefore).isPresent()) {
                    minors.add(key);
                }
            }
        });
        // whoever acts for two children is contacted while it is so of one of them
        noLonger.removeAll(stillFor);
        quiet.addAll(noLonger);
    }

    Set<PersonKey> quiet() {
        return quiet;
    }

    Set<PersonKey> minors() {
        return minors;
    }

    /** By whom alone is contacted: the adults who act for them, and may be in the case for somebody else. */
    Map<PersonKey, Set<PersonKey>> cutOff() {
        return cutOff;
    }

    /** Whether this part is that of an adult who looks after whom they act for. @param part or null */
    static boolean brings(Part part) {
        return part != null && ROLES.contains(part.role());
    }

    private static boolean here(Part part) {
        return !part.removed() && part.mergedInto() == null && !part.facts().deceased();
    }

    private List<PersonKey> adultsOf(PersonKey person) {
        return parts.entrySet().stream()
            .filter(p -> here(p.getValue()) && ROLES.contains(p.getValue().role()))
            .filter(p -> p.getKey().source().equals(person.source()) && !p.getKey().equals(person)
                && p.getValue().facts().onBehalfOf().contains(person.sourcePersonId()))
            .map(Entry::getKey).toList();
    }

    private String contact(PersonKey person, Part part, List<PersonKey> adults) {
        PersonKey speaks = part.facts().contact() != null ? person
            : adults.stream().filter(a -> parts.get(a).facts().contact() != null).findFirst().orElse(null);
        Optional<LocalDate> birthday = birthday(part).filter(b -> !today.isBefore(b));
        boolean cameOfAge = birthday.isPresent() && adults.stream().anyMatch(a -> before(acts.get(a), birthday.get()));
        if (cameOfAge && (speaks == null || before(said.get(speaks), birthday.get()))) {
            return CHILD;
        }
        return speaks == null ? "both" : parts.get(speaks).facts().contact();
    }

    private static boolean before(Instant at, LocalDate day) {
        return at != null && at.isBefore(day.atStartOfDay(HearingDays.LONDON).toInstant());
    }

    /** The day on which the person is or was 18. Whoever was born on 29 February is so on 1 March. */
    private static Optional<LocalDate> birthday(Part part) {
        return birthday(part.facts().dateOfBirth());
    }

    static Optional<LocalDate> birthday(String dateOfBirth) {
        try {
            return Optional.ofNullable(dateOfBirth).map(LocalDate::parse).map(born -> {
                LocalDate day = born.plusYears(OF_AGE);
                return day.getDayOfMonth() == born.getDayOfMonth() ? day : day.plusDays(1);
            });
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
