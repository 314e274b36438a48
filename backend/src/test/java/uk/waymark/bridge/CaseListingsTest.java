package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import uk.waymark.bridge.CaseListings.Change;
import uk.waymark.bridge.ListedHearing.Said;

/** Random editions of a few lists about one case: whatever came before, the same edition again changes nothing. */
class CaseListingsTest {
    private static final LocalDate TODAY = LocalDate.parse("2027-05-05");
    private static final List<String> COURTS = List.of("Leeds Crown Court", "Leeds", "Hull Crown Court", "Crown Court", "Leeds Magistrates' Court");
    private final Map<UUID, ListedHearing> standing = new LinkedHashMap<>();
    private List<Said> said = new ArrayList<>();
    private long ids;

    private UUID id() {
        return new UUID(0, ++ids);
    }

    @RepeatedTest(300)
    void theSameAgainIsNothingNew(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        List<UUID> lists = List.of(id(), id(), id());
        for (int edition = 0; edition < 12; edition++) {
            UUID list = lists.get(random.nextInt(lists.size()));
            Set<UUID> others = new HashSet<>(random.nextInt(4) == 0 ? lists : List.of());
            others.remove(list);
            List<Said> now = listings(random, list, TODAY.minusDays(30).plusDays(edition));
            take(now, list, others);
            CaseListings.Outcome again = take(now, list, others);
            assertEquals(List.of(), again.changes(), () -> "seed " + repetition.getCurrentRepetition());
            assertEquals(0, standing.values().stream().filter(h -> !h.when().past(TODAY)).filter(h -> said.stream()
                .noneMatch(s -> s.hearing().equals(h.id()))).count(), "a hearing stands that nobody says");
        }
    }

    private CaseListings.Outcome take(List<Said> now, UUID list, Set<UUID> others) {
        var outcome = new CaseListings(List.copyOf(standing.values()), said, Set.of(list), others, TODAY, this::id).take(now);
        for (Change change : outcome.changes()) {
            if (change.kind() == Change.Kind.VACATED) {
                assertTrue(!change.hearing().when().past(TODAY), "what is past is never taken off");
                standing.remove(change.hearing().id());
            } else {
                standing.put(change.hearing().id(), change.hearing());
            }
        }
        said = outcome.said();
        var pairs = new HashSet<String>();
        said.forEach(s -> assertTrue(pairs.add(s.list() + " " + s.hearing()), "a list says one hearing twice"));
        return outcome;
    }

    private static List<Said> listings(Random random, UUID list, LocalDate published) {
        var now = new ArrayList<Said>();
        for (int i = random.nextInt(5); i > 0; i--) {
            LocalDate day = TODAY.minusDays(4).plusDays(random.nextInt(20));
            When when = random.nextInt(4) == 0 ? When.inWeekOf(day)
                : When.on(day, random.nextInt(3) == 0 ? null : LocalTime.of(9 + random.nextInt(6), 0));
            now.add(new Said(list, null, Instant.parse(published + "T12:00:00Z"), new Listing("U", when, COURTS.get(random.nextInt(COURTS.size())),
                random.nextBoolean() ? "trial" : "other", random.nextBoolean() ? "1" : null, random.nextInt(5) == 0)));
        }
        return now;
    }
}
