package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.testing.WaymarkTest;

/** Several people at the words of one message, in any order. */
class WordsInAnyOrderTest extends WaymarkTest {

    /**
     * Whatever the order in which several people propose, approve, withdraw and roll back, on what they have read now or before:
     * what is live was approved by a second person or was live before, and the history says so.
     */
    @Test
    void whatIsLiveWasApprovedByASecondPersonOrWasLiveBefore() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("words proposed and approved in any order: seed " + seed);
        var random = new SplittableRandom(seed);
        UUID force = force("glanafon");
        List<Caller.Staff> staff = List.of(new Caller.Staff(force, "one", Set.of("supervisor")),
            new Caller.Staff(force, "two", Set.of("supervisor")), new Caller.Staff(force, "three", Set.of("administrator")),
            new Caller.Staff(force, "four", Set.of("administrator")));
        var model = new Model(force, "case_update");
        for (int i = 0; i < 400; i++) {
            model.step(staff.get(random.nextInt(staff.size())), random);
        }
        assertTrue(model.approvals > 5 && model.rollbacks > 5 && model.refused > 20, model.approvals + " " + model.rollbacks + " "
            + model.refused);
    }

    private final class Model {
        private final WordsChanges changes = bean(WordsChanges.class);
        private final ForceWords words = bean(ForceWords.class);
        private final WordsHistory history = bean(WordsHistory.class);
        private final String name;
        private final Set<Map<String, Map<String, String>>> everLive = new HashSet<>();
        private ForceWords.WordsNow before;
        private int approvals;
        private int rollbacks;
        private int refused;

        private Model(UUID force, String name) {
            this.name = name;
            this.before = words.read(new Caller.Staff(force, "reader", Set.of("supervisor")), name);
            everLive.add(before.live().wording().texts());
        }

        private void step(Caller.Staff by, SplittableRandom random) {
            ForceWords.WordsNow seen = words.read(by, name);
            String tag = random.nextInt(8) == 0 ? before.tag() : seen.tag();
            var proposal = seen.proposal() != null ? seen.proposal() : before.proposal();
            var live = seen.live().wording().texts();
            before = seen;
            try {
                switch (random.nextInt(5)) {
                    case 0, 1 -> assertEquals(live, changes.propose(by, name, some(random.nextInt(4)), null, tag, false).live().wording()
                        .texts());
                    case 2 -> {
                        if (proposal != null) {
                            var now = changes.approve(by, name, proposal.id(), tag);
                            assertNotEquals(proposal.proposedBy(), by.subject());
                            assertTrue(by.supervisor() || proposal.bySupervisor());
                            assertEquals(proposal.texts(), now.live().wording().texts());
                            everLive.add(proposal.texts());
                            approvals++;
                        }
                    }
                    case 3 -> assertEquals(live, changes.withdraw(by, name, "No.", tag).live().wording().texts());
                    default -> {
                        int to = random.nextInt(seen.latestOwn() + 2);
                        changes.rollBack(by, name, to == 0 ? "shipped" : String.valueOf(to), "Back.", tag);
                        rollbacks++;
                    }
                }
            } catch (ProblemException e) {
                refused++;
            }
            var now = words.read(by, name);
            assertTrue(everLive.contains(now.live().wording().texts()), "nobody has approved it");
            WordsHistory.Lived newest = history.page(by, name, null, 1).getFirst();
            assertEquals(now.live().own(), !newest.shared());
            assertEquals(now.live().wording().texts(), newest.wording().texts());
            assertTrue(newest.version() == 0 || newest.change() != null, "nobody knows how it went live");
        }

        private static List<WordsChanges.Words> some(int number) {
            return Stream.of("en", "cy").flatMap(l -> Stream.of("neutral", "plain").map(v ->
                new WordsChanges.Words(l, v, "Wording " + number + "."))).toList();
        }
    }
}
