package uk.waymark.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.waymark.cases.PersonWords;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Keysets;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/**
 * Both keys are replaced while servers work and people use them; the renewal is stopped and taken up again. In the end the old
 * keys are taken away: everything that was renewed is found and opened by the new ones alone.
 */
class KeysReplacedTest extends WaymarkTest {
    private static final long SEED = 28;
    private final Duration none = Duration.ZERO;
    private RunningWaymark second;

    /** The jobs go on as well. */
    @Override
    protected Map<String, Object> properties() {
        return Map.of(RunningWaymark.JOBS, "true");
    }

    /** What a deployment is given. */
    private record Keys(String sealing, String lookup) {
        Keys added() throws Keysets.Unfit {
            return new Keys(Keysets.add(Keysets.Kind.SEALING, sealing), Keysets.add(Keysets.Kind.LOOKUP, lookup));
        }

        Keys promoted() throws Keysets.Unfit {
            return new Keys(Keysets.promote(sealing), Keysets.promote(lookup));
        }

        Keys withoutTheOld() throws Keysets.Unfit {
            return new Keys(Keysets.withdraw(sealing, Keysets.keys(sealing).getFirst().id()),
                Keysets.withdraw(lookup, Keysets.keys(lookup).getFirst().id()));
        }
    }

    private Settings settings(Keys keys, int port) {
        Settings s = database.settings(port, waymark.settings().port());
        return new Settings(s.databaseUrl(), s.appPassword(), s.dispatcherPassword(), s.ownerPassword(), keys.sealing(), keys.lookup(),
            s.tokenSecret(), s.publicUrl(), s.port(), s.poolSize(), s.providerTokens(), s.clientAddressHeader(), s.sandbox());
    }

    private void restart(Keys keys) {
        Settings settings = settings(keys, waymark.settings().port());
        waymark.close();
        waymark = RunningWaymark.start(settings, clocks, properties());
    }

    private Reseal reseal(Keys keys) {
        return new Reseal(settings(keys, 0), new MachineClock(clocks.machineTime()));
    }

    @Test
    void keysAreReplacedWhilePeopleUseWaymark() throws Exception {
        var life = new RandomLife(this, SEED);
        Settings before = waymark.settings();
        Keys old = new Keys(before.sealingKeyset(), before.lookupKeyset());
        life.begin();
        life.goOn(waymark, 40);
        SignUp.drain(this); // what is on its way is wiped when it has ended
        Set<String> sealedBefore = populated();

        Keys added = old.added();
        restart(added);
        life.goOn(waymark, 15);
        assertEquals(1, marks().size(), "a key that was only added seals nothing");

        Keys promoted = added.promoted();
        second = RunningWaymark.start(settings(promoted, RunningWaymark.freePort()), clocks, properties());
        life.goOn(second, 15);
        assertEquals(2, marks().size(), "one server seals by the new key, the other opens it");
        life.goOn(waymark, 10);
        renewInPieces(life, promoted);

        restart(promoted);
        second.close();
        life.goOn(waymark, 10);
        try (Reseal last = reseal(promoted)) {
            Reseal.Done done = last.run(50, none, () -> true, says -> { });
            assertTrue(done.finished());
            assertEquals(Map.of(), done.unfit());
            assertEquals(0, last.run(50, none, () -> true, says -> { }).renewed(), "a second time there is nothing to do");
            Remaining left = last.remaining();
            assertEquals(Map.of(), left.sealed());
            assertTrue(columns(left).containsAll(List.of("waymark.suspect_number.number_key", "waymark.refresh_token.token_key",
                "waymark.case_event.content_mac", "waymark.unsafe_address.address_key")), () -> columns(left).toString());
            assertTrue(left.lookupKeyNeeded());
            life.sayAgainWhoIsSuspected();
            bean(PersonWords.class).drain(); // as it does by itself every ten minutes
            assertEquals(Set.of("waymark.refresh_token.token_key", "waymark.unsafe_address.address_key",
                "waymark.sign_in_code.number_key", "notifications.attempt.address_key"), columns(last.remaining()),
                "what a force says again is renewed");
        }
        assertEquals(1, marks().size());
        SignUp.drain(this);
        // pages that were rendered ahead went with what the force said again, and come with the next reading
        life.whatIsShown();
        var gone = new TreeSet<>(sealedBefore);
        gone.removeAll(populated());
        assertEquals(Set.of(), gone);
        assertTrue(sealedBefore.size() >= 20, () -> "only " + sealedBefore);

        Map<String, String> shown = life.whatIsShown();
        restart(promoted.withoutTheOld());
        life.signInAgain();
        assertEquals(shown, life.whatIsShown(), "the new keys alone open and find it all");
        life.everythingIsStillFound();
    }

    RunningWaymark life() {
        return waymark;
    }

    String system() {
        return systemToken("northmoor");
    }

    String staff() {
        return staffToken("witness_care", "northmoor");
    }

    Instant now() {
        return bean(CaseClock.class).instant();
    }

    /** Pieces of random size, each a command of its own that is stopped; people go on meanwhile on both servers. */
    private void renewInPieces(RandomLife life, Keys promoted) {
        var over = new AtomicBoolean();
        var people = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                life.goOn(life.coin() ? waymark : second, 1);
            }
        });
        int pieces = 0;
        boolean finished = false;
        while (!finished) {
            assertTrue(pieces < 500, "it does not come to an end");
            var batches = new AtomicInteger(1 + life.below(12));
            try (Reseal piece = reseal(promoted)) {
                Reseal.Done done = piece.run(1 + life.below(9), none, () -> batches.getAndDecrement() > 0, says -> assertFalse(
                    says.matches(".*(\\+44|0770).*"), "counts only"));
                finished = done.finished();
                assertEquals(Map.of(), done.unfit());
            }
            pieces++;
        }
        over.set(true);
        people.join();
        assertTrue(pieces > 3, "it was stopped " + pieces + " times");
    }

    private static Set<String> columns(Remaining left) {
        return left.hashes().stream().map(Remaining.Left::column).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The marks of keys on everything that is sealed, seen by a superuser. */
    private Set<String> marks() throws SQLException {
        var marks = new HashSet<String>();
        try (Connection c = database.superuser()) {
            for (SealedTable table : SealedColumns.ALL) {
                for (SealedTable.Sealed column : table.sealed()) {
                    marks.addAll(Sql.list(c, "select distinct substring(" + column.column() + " from 1 for 5) from " + table.name()
                        + " where " + column.column() + " is not null", r -> HexFormat.of().formatHex(r.getBytes(1))));
                }
            }
        }
        return marks;
    }

    private Set<String> populated() throws SQLException {
        var populated = new TreeSet<String>();
        try (Connection c = database.superuser()) {
            for (SealedTable table : SealedColumns.ALL) {
                for (SealedTable.Sealed column : table.sealed()) {
                    String any = "select 1 from " + table.name() + " where " + column.column() + " is not null limit 1";
                    if (!Sql.list(c, any, r -> 1).isEmpty()) {
                        populated.add(table.name() + '.' + column.column());
                    }
                }
            }
        }
        return populated;
    }
}
