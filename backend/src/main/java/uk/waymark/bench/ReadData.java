package uk.waymark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import uk.waymark.platform.Sealing;

/**
 * Cases to read: each with one victim, who is signed in on one device, and {@value #ENTRIES} entries on their timeline,
 * some 4 kB as JSON. Everything that the server seals is sealed as it does. The entries of one case lie apart, as
 * they come in over months, and ids follow from a case's number, so that any SQL can make them.
 */
final class ReadData {
    static final int ENTRIES = 20;
    private static final int FORCES = 43;
    private static final int WORKERS = 2;
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final String[] KINDS = {"suspect_arrested", "suspect_interviewed", "suspect_bailed", "suspect_charged",
        "officer_changed"};

    private final ProductionSite site;
    private final Sealing sealing;
    private int made;

    ReadData(ProductionSite site) {
        this.site = site;
        this.sealing = site.sealing();
    }

    /** The beginning of every id of a kind; twelve decimal digits follow. */
    enum Kind {
        CASE, PERSON, ACCOUNT, SESSION, FORCE;

        String prefix() {
            return "0197000" + (ordinal() + 1) + "-0000-7000-8000-";
        }

        UUID id(int number) {
            return UUID.fromString(prefix() + digits(number));
        }
    }

    /** As :n of a script: twelve digits for any number of cases. */
    static String digits(long number) {
        return Long.toString(100_000_000_000L + number);
    }

    private static UUID force(int n) {
        return Kind.FORCE.id(n % FORCES);
    }

    /** A force that is not there yet, with what a server demands before it starts. */
    static void force(Statement s, int n) throws SQLException {
        s.execute("insert into waymark.force (id, code, name_en, name_cy) values ('" + Kind.FORCE.id(n)
            + "', 'bench-" + n + "', 'Bench Police', 'Heddlu Bench') on conflict do nothing");
        s.execute("insert into waymark.call_back_rule (force_id, out_of_hours_name, out_of_hours_phone) values ('" + Kind.FORCE.id(n)
            + "', 'Control room', '101') on conflict do nothing");
    }

    /** Adds cases until there are so many. */
    void growTo(int cases) throws Exception {
        try (Connection c = site.superuser(); var s = c.createStatement()) {
            s.execute("alter system set max_wal_size = '16GB'");
            s.execute("alter system set checkpoint_timeout = '30min'");
            s.execute("alter system set autovacuum = off"); // it is done below, and not while something is measured
            s.execute("select pg_reload_conf()");
            for (int n = 0; n < FORCES; n++) {
                force(s, n);
            }
            // these cases have no events: a newer fold would make nothing of them
            s.execute("alter table waymark.case_file alter column folded_by set default 32767");
            s.execute("drop index if exists waymark.timeline_by_case");
        }
        int from = made;
        int share = (cases - from + WORKERS - 1) / WORKERS;
        parallel(worker -> copy(from + worker * share, Math.min(cases, from + (worker + 1) * share)));
        made = cases;
        try (Connection c = site.superuser(); var s = c.createStatement()) {
            s.execute("set maintenance_work_mem = '1GB'");
            s.execute("create index timeline_by_case on waymark.timeline_entry (case_id, sort_key desc)");
            for (String table : List.of("timeline_entry", "case_file", "person", "participant", "account", "account_person",
                    "device_session")) {
                s.execute("vacuum (analyze) waymark." + table);
            }
            s.execute("checkpoint");
        }
    }

    /** A part of the work, by its number. */
    private interface Part {
        void run(int worker) throws Exception;
    }

    private static void parallel(Part part) throws Exception {
        try (var pool = Executors.newFixedThreadPool(WORKERS)) {
            var parts = new ArrayList<Callable<Void>>();
            for (int i = 0; i < WORKERS; i++) {
                int worker = i;
                parts.add(() -> {
                    part.run(worker);
                    return null;
                });
            }
            for (var done : pool.invokeAll(parts)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void copy(int from, int to) throws SQLException, IOException {
        try (Connection c = site.superuser(); var s = c.createStatement()) {
            s.execute("set session_replication_role = replica"); // the rows fit together: no need to look each one up
            s.execute("set synchronous_commit = off");
            copyCases(c, from, to);
            copyPersons(c, from, to);
            copyParts(c, from, to);
            copyAccounts(c, from, to);
            copyLinks(c, from, to);
            copySessions(c, from, to);
            copyEntries(c, from, to);
        }
    }

    private void copyCases(Connection c, int from, int to) throws SQLException, IOException {
        try (var copy = new BinaryCopy(c, "waymark.case_file", "id, force_id, crime_reference, crime_reference_key, recorded, "
                + "on_phones, safety, stage, version, state, updated_at")) {
            for (int n = from; n < to; n++) {
                UUID id = Kind.CASE.id(n);
                String reference = "BP/" + n + "/26";
                copy.row(11).put(id).put(force(n)).put(reference).put(reference).put(true).put(true).put(false)
                    .put("investigation").put(20L).put(sealing.sealText("case_file.state", id,
                        "{\"offence\":{\"en\":\"Theft\",\"cy\":\"Lladrad\"},\"urns\":[],\"flags\":[]}")).put(START);
            }
        }
    }

    private void copyPersons(Connection c, int from, int to) throws SQLException, IOException {
        try (var copy = new BinaryCopy(c, "waymark.person", "id, force_id, source, source_person_id, details, mobile, mobile_key, "
                + "mobile_key_version, mobile_safe, facts_key")) {
            for (int n = from; n < to; n++) {
                UUID id = Kind.PERSON.id(n);
                var key = sealing.lookupKey("mobile", number(n));
                copy.row(10).put(id).put(force(n)).put("bench").put("p" + n)
                    .put(sealing.sealText("person.details", id, "{\"given_name\":\"Ann\",\"family_name\":\"Example\"}"))
                    .put(sealing.sealText("person.mobile", id, number(n))).put(key.value()).put(key.version())
                    .put("safe").put("2026");
            }
        }
    }

    private void copyParts(Connection c, int from, int to) throws SQLException, IOException {
        try (var copy = new BinaryCopy(c, "waymark.participant", "case_id, person_id, force_id, role, removed, facts, facts_key")) {
            for (int n = from; n < to; n++) {
                UUID person = Kind.PERSON.id(n);
                copy.row(7).put(Kind.CASE.id(n)).put(person).put(force(n)).put("victim").put(false)
                    .put(sealing.sealText("participant.facts:" + person, Kind.CASE.id(n), "{\"given_name\":\"Ann\"}")).put("2026");
            }
        }
    }

    private void copyAccounts(Connection c, int from, int to) throws SQLException, IOException {
        try (var copy = new BinaryCopy(c, "waymark.account", "id, number, number_key, number_key_version, line_id, created_at")) {
            for (int n = from; n < to; n++) {
                UUID id = Kind.ACCOUNT.id(n);
                var key = sealing.lookupKey("mobile", number(n));
                copy.row(6).put(id).put(sealing.sealText("account.number", id, number(n))).put(key.value()).put(key.version())
                    .put(id).put(START);
            }
        }
    }

    private static void copyLinks(Connection c, int from, int to) throws SQLException, IOException {
        try (var copy = new BinaryCopy(c, "waymark.account_person", "account_id, person_id, force_id, number_held, linked_at")) {
            for (int n = from; n < to; n++) {
                copy.row(5).put(Kind.ACCOUNT.id(n)).put(Kind.PERSON.id(n)).put(force(n)).put(true).put(START);
            }
        }
    }

    private void copySessions(Connection c, int from, int to) throws SQLException, IOException {
        Instant seen = Instant.now().plus(1, ChronoUnit.DAYS); // the note of it, at most once in five minutes, is left out
        try (var copy = new BinaryCopy(c, "waymark.device_session", "id, account_id, name, platform, signed_in_at, auth_time, "
                + "last_seen_at")) {
            for (int n = from; n < to; n++) {
                UUID id = Kind.SESSION.id(n);
                copy.row(7).put(id).put(Kind.ACCOUNT.id(n)).put(sealing.sealText("device_session.name", id, "phone"))
                    .put("android").put(START).put(START).put(seen);
            }
        }
    }

    /** First the first entry of every case, then the second of every case, and so on. */
    private void copyEntries(Connection c, int from, int to) throws SQLException, IOException {
        for (int e = 0; e < ENTRIES; e++) {
            try (var copy = new BinaryCopy(c, "waymark.timeline_entry", "id, force_id, case_id, occurred_at, received_at, "
                    + "sort_key, kind, witness_sees, body")) {
                for (int n = from; n < to; n++) {
                    Instant at = START.plusSeconds(e * 259_200L + n % 86_400);
                    UUID id = new UUID(0x0198_0000_0000_7000L | (long) e << 32, 0x8000_0000_0000_0000L | n);
                    copy.row(9).put(id).put(force(n)).put(Kind.CASE.id(n)).put(at).put(at)
                        .put(at.toString().replace("Z", ".000000") + "|bench|" + n + '-' + e)
                        .put(KINDS[(e + n) % KINDS.length]).put(true)
                        .put(sealing.seal("timeline_entry.body", id, BODIES.get((e + n) % BODIES.size())));
                }
            }
        }
    }

    private static final List<byte[]> BODIES = bodies();

    /** Two of three with words in both languages. */
    private static List<byte[]> bodies() {
        var bodies = new ArrayList<byte[]>();
        bodies.add("{\"suspect_number\":1}".getBytes(StandardCharsets.UTF_8));
        for (String en : List.of("We will write to you again.", "We will write again. The officer has your number.")) {
            bodies.add(("{\"detail\":{\"en\":\"" + en + "\",\"cy\":\"Byddwn yn ysgrifennu atoch eto.\"},\"suspect_number\":1}")
                .getBytes(StandardCharsets.UTF_8));
        }
        return List.copyOf(bodies);
    }

    private static String number(int n) {
        return "+44799" + String.format("%08d", n);
    }
}
