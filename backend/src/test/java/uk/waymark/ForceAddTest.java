package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.platform.Settings;
import uk.waymark.testing.TestDatabase;

/** {@code force} as an operator runs it, on the database of a demo that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForceAddTest {
    private static final Path EXAMPLE = Path.of("../docs/examples/force.yaml");
    private static final Pattern SECRET = Pattern.compile("^wms_[A-Za-z0-9_-]{43}$", Pattern.MULTILINE);
    private static final List<String> TABLES = List.of("force", "unit", "unit_hours", "force_phone", "provider_account",
        "identity_provider", "system_client", "system_secret", "feed", "adapter");
    private static final String HOURS =
        "select count(*) from waymark.unit_hours h join waymark.force f on f.id = h.force_id where f.code = ";
    @TempDir
    static Path folder;
    private TestDatabase database;

    private record Ended(int code, String output, String errors) {
        String secret() {
            var found = SECRET.matcher(output);
            assertTrue(found.find(), output);
            return found.group();
        }
    }

    @BeforeAll
    void demo() throws IOException {
        database = TestDatabase.fresh();
        demoIn(folder, database.settings(8080));
    }

    /** What a demo leaves for others to find. */
    private static void demoIn(Path folder, Settings settings) throws IOException {
        var secrets = new Properties();
        secrets.putAll(Map.of("owner", settings.ownerPassword(), "app", settings.appPassword(), "dispatcher",
            settings.dispatcherPassword(), "sealing", settings.sealingKeyset(), "lookup", settings.lookupKeyset(),
            "token", new String(settings.tokenSecret(), StandardCharsets.UTF_8)));
        try (OutputStream out = Files.newOutputStream(folder.resolve("secrets"))) {
            secrets.store(out, null);
        }
        RunningDemo.announce(folder, settings);
    }

    @Test
    void inWhichLanguageWhoeverAnswersAtNightIsTextedAndWhoIsNotWoken() throws Exception {
        String force = "code: waking\nname: {en: Waking Police, cy: Heddlu Waking}\n";
        String desk = "call_backs: {out_of_hours: {name: Control room, phone: 0808 157 0199";
        assertEquals(0, add(force + desk + ", text: 07700 900199, language: cy}}\n").code());
        assertEquals("cy", text("select r.out_of_hours_language from waymark.call_back_rule r join waymark.force f on f.id = r.force_id "
            + "where f.code = 'waking'"));
        try (var owner = database.superuser()) {
            assertFalse(ForceSetUp.notWoken(owner).toString().contains("force waking"));
            assertTrue(add(force + desk + ", language: de}}\n").code() != 0);
            assertEquals(0, add(force + desk + "}}\n").code());
            assertTrue(ForceSetUp.notWoken(owner).toString().contains("force waking: nobody is woken at night"));
        }
    }

    @Test
    void forHowLongWordsAreKeptIsTheForcesToSay() throws Exception {
        String force = "code: keeping\nname: {en: Keeping Police, cy: Heddlu Keeping}\n";
        assertEquals(0, add(force + "messages: {words_kept_months: 84, segment_price_pence: 4.2}\n").code());
        String kept = "select told_kept_months || ' ' || coalesce(traces_kept_days, 0) || ' ' || segment_price_pence from waymark.force "
            + "where code = 'keeping'";
        assertEquals("84 0 4.2000", text(kept));
        Ended same = add(force + "messages: {words_kept_months: 84, segment_price_pence: 4.2}\n");
        assertFalse(same.output().contains("messages:"), same.output());
        assertEquals(0, add(force).code());
        assertEquals("84 0 4.2000", text(kept), "a section that is left out is left as it is");
        assertTrue(add(force + "messages: {}\n").output().contains("messages: words kept as long as the case"));
        for (String wrong : List.of("words_kept_months: 0", "words_kept_months: ever", "traces_kept_days: -1",
                "segment_price_pence: four", "segment_price_pence: 1001", "quiet_hours: 21:00", "quiet_hours: 25:00-08:00",
                "quiet_hours: 08:00-08:00")) {
            Ended bad = add(force + "messages: {" + wrong + "}\n");
            assertEquals(78, bad.code(), wrong);
            assertTrue(bad.errors().contains("messages." + wrong.split(":")[0]), bad.errors());
        }
    }

    @Test
    void theColourOfItsPagesIsTheForcesToSayAsLongAsWhiteCanBeReadOnIt() throws Exception {
        String force = "code: colour\nname: {en: Colour Police, cy: Heddlu Colour}\n";
        assertEquals(0, add(force + "colour: \"#5B1A2E\"\n").code());
        String colour = "select coalesce(colour, 'ours') from waymark.force where code = 'colour'";
        assertEquals("#5b1a2e", text(colour));
        assertFalse(add(force + "colour: \"#5b1a2e\"\n").output().contains("force colour: changed"));
        // the first is just too light; the others are no colours
        for (String wrong : List.of("\"#787878\"", "\"#ffdd00\"", "red", "\"#123\"", "\"#12345g\"")) {
            Ended bad = add(force + "colour: " + wrong + "\n");
            assertEquals(78, bad.code(), wrong);
            assertTrue(bad.errors().contains("colour: is not right") && bad.errors().contains("4.5:1"), bad.errors());
        }
        assertEquals(0, add(force + "colour: \"#767676\"\n").code(), "just dark enough");
        assertEquals(0, add(force).code());
        assertEquals("ours", text(colour));
    }

    @Test
    void howStaffReadIsTheForcesToSay() throws Exception {
        String force = "code: reading\nname: {en: Reading Police, cy: Heddlu Reading}\n";
        assertEquals(0, add(force).code());
        String said = "select read_reasons || ' ' || staff_names_shown from waymark.force where code = 'reading'";
        assertEquals("required false", text(said), "a force that begins now has its staff say why they read");
        assertTrue(add(force + "reading: {reasons: asked, staff_names: shown}\n").output().contains("a reason is asked"));
        assertEquals("asked true", text(said));
        assertEquals(0, add(force + "reading: {staff_names: hidden}\n").code());
        assertEquals("asked false", text(said), "what the file does not say stays as it is");
        assertTrue(add(force + "reading: {reasons: required, staff_names: shown}\n").output().contains("a reason is required"));
        assertEquals("required true", text(said));
        assertEquals(0, add(force).code());
        assertEquals("required true", text(said), "a section that is left out is left as it is");
        for (String wrong : List.of("reasons: always", "staff_names: yes")) {
            assertEquals(78, add(force + "reading: {" + wrong + "}\n").code(), wrong);
        }
    }

    @Test
    void whatStaffTokensHaveToSayIsTheForcesToSay() throws Exception {
        String force = "code: tokens\nname: {en: Token Police, cy: Heddlu Token}\n";
        String provider = "identity_provider: {issuer: 'https://idp.example/tokens', audience: waymark, jwks_uri: 'https://idp.example/keys'";
        String asked = "select p.token_types::text || p.acr_values::text from waymark.identity_provider p "
            + "join waymark.force f on f.id = p.force_id where f.code = 'tokens'";
        assertEquals(0, add(force + provider + "}\n").code());
        assertEquals("{}{}", text(asked));
        assertTrue(add(force + provider + ", types: AT+JWT, acr_values: [mfa, phr]}\n").output().contains("identity provider"));
        assertEquals("{at+jwt}{mfa,phr}", text(asked));
        assertFalse(add(force + provider + ", types: [at+jwt], acr_values: [mfa, phr]}\n").output().contains("identity provider"));
        assertEquals(78, add(force + provider + ", acr_values: ['']}\n").code());
        String pages = "select coalesce(p.web_client, '-') || ' ' || coalesce(p.web_secret_ref, '-') || ' ' || p.web_scope "
            + "from waymark.identity_provider p join waymark.force f on f.id = p.force_id where f.code = 'tokens'";
        assertEquals("- - openid profile", text(pages));
        assertEquals(0, add(force + provider + ", web_client: pages, web_secret_ref: tokens}\n").code());
        assertEquals("pages tokens openid profile", text(pages));
        assertEquals(0, add(force + provider + ", web_client: pages, web_scope: openid api://waymark/x}\n").code());
        assertEquals("pages - openid api://waymark/x", text(pages));
        assertEquals(78, add(force + provider + ", web_scope: openid}\n").code());
        assertEquals(78, add(force + provider + ", web_client: pages, web_scope: profile}\n").code());
        assertEquals(0, add(force + provider + "}\n").code());
        assertEquals("- - openid profile", text(pages), "a section says all there is of it");
    }

    @Test
    void quietHoursOfThoseWhoHaveChosenNoneAreTheForcesToSay() throws Exception {
        String force = "code: quiet\nname: {en: Quiet Police, cy: Heddlu Quiet}\n";
        String hours = "select coalesce(quiet_from || '-' || quiet_to, 'none') from waymark.force where code = 'quiet'";
        assertEquals(0, add(force).code());
        assertEquals("none", text(hours));
        assertTrue(add(force + "messages: {quiet_hours: '21:00-08:00'}\n").output().contains("quiet hours 21:00-08:00"));
        assertEquals("21:00:00-08:00:00", text(hours));
        assertFalse(add(force + "messages: {quiet_hours: '21:00-08:00'}\n").output().contains("messages:"));
    }

    private String text(String sql) throws SQLException {
        try (var c = database.superuser(); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getString(1);
        }
    }

    private Ended add(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("force.yaml"), yaml);
        return run("add", file.toString(), "--data", folder.toString());
    }

    private static Ended run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            int code = ForceCommand.run(arguments, Map.of());
            // in a test the log is on standard output as well, in our form or in that of the tests of notifications
            String said = output.toString(StandardCharsets.UTF_8).replaceAll("(?m)^(\\{|\\d\\d:\\d\\d:\\d\\d\\.).*\\R", "");
            return new Ended(code, said, errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static String example(String code) throws IOException {
        return Files.readString(EXAMPLE).replace("northshire", code).replace("5a77", String.format("%04x", code.hashCode() & 0xffff))
            .replace("+447700900993", "+4477009008" + String.format("%02d", Math.floorMod(code.hashCode(), 100)));
    }

    /** All rows that a file can change, as text. */
    private Map<String, String> rows() {
        var rows = new TreeMap<String, String>();
        try (var c = database.superuser(); var s = c.createStatement()) {
            for (String table : TABLES) {
                try (var r = s.executeQuery("select coalesce(string_agg(t::text, chr(10) order by t::text), '') from waymark." + table + " t")) {
                    r.next();
                    rows.put(table, r.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private String one(String sql) throws SQLException {
        try (var c = database.superuser(); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            return r.next() ? r.getString(1) : null;
        }
    }

    @Test
    void theExampleSetsAForceUpAndAgainChangesNothing() throws Exception {
        Ended first = add(Files.readString(EXAMPLE));
        assertEquals(0, first.code(), first.errors());
        assertTrue(first.output().contains("Force northshire, new:"), first.output());
        assertTrue(first.output().contains("Secret of northshire-records"), first.output());
        String secret = first.secret();
        assertEquals("Uned Gofal Tystion Northshire|+448081570101",
            one("select name_cy || '|' || phone from waymark.unit where code = 'nswcu'"));
        assertEquals("6", one(HOURS + "'northshire'"));
        assertEquals("13:30:00", one("select max(opens)::text from waymark.unit_hours where weekday = 5"));
        assertEquals("101", one("select number from waymark.force_phone"));
        assertEquals("26:00:00", one("select silent_after::text from waymark.feed where source = 'crime_records'"));
        Map<String, String> before = rows();
        before.values().forEach(rows -> assertFalse(rows.contains(secret), "the secret itself is nowhere"));

        Ended again = add("\uFEFF" + Files.readString(EXAMPLE).replace("\n", "\r\n"));
        assertEquals(0, again.code(), again.errors());
        assertEquals("Force northshire: everything is so already.", again.output().strip());
        assertEquals(before, rows());
    }

    @Test
    void whatChangedIsBroughtInLineAndNothingElse() throws Exception {
        String file = example("eastshire");
        assertEquals(0, add(file).code());
        String secrets = one("select string_agg(s::text, ' ' order by s.id) from waymark.system_secret s");
        Ended changed = add(file.replace("0808 157 0101", "0808 157 0102").replace("thursday: 08:00-20:00", "thursday: closed")
            .replace("crime_records: PT26H", "crime_records: PT2H\n  custody: never").replace("poll_every: PT1H", "poll_every: PT2H")
            .replace("Police, when it is not an emergency", "Police"));
        assertEquals(0, changed.code(), changed.errors());
        assertEquals(List.of("Force eastshire:", "unit nswcu: changed", "phones: 101", "feed crime_records: may be silent for PT2H",
            "feed custody: may be silent for ever", "adapter hmcts-marketplace: changed, off"), changed.output().lines().map(String::strip).toList());
        assertEquals("5", one(HOURS + "'eastshire'"));
        assertEquals(secrets, one("select string_agg(s::text, ' ' order by s.id) from waymark.system_secret s"));

        Ended less = add("code: eastshire\nname: {en: Eastshire Police, cy: Heddlu Eastshire}\nunits: []\n");
        assertEquals(List.of("Force eastshire:", "force eastshire: changed", "unit nswcu: removed"),
            less.output().lines().map(String::strip).toList());
        assertEquals("PT2H", java.time.Duration.ofSeconds(Long.parseLong(one("select extract(epoch from silent_after)::bigint "
            + "from waymark.feed f join waymark.force o on o.id = f.force_id where o.code = 'eastshire' and source = 'crime_records'"))).toString());
    }

    @Test
    void clientsComeGoAndComeBackWithAnotherSecret() throws Exception {
        String file = example("westshire");
        String first = add(file).secret();
        Ended gone = add(file.replace("  - id: westshire-records", "  - id: westshire-other"));
        assertTrue(gone.output().contains("system client westshire-records: revoked"), gone.output());
        assertEquals("t", one("select revoked_at is not null from waymark.system_client where client_id = 'westshire-records'"));
        assertEquals(78, run("rotate-secret", "westshire", "westshire-records", "--data", folder.toString()).code());
        String back = add(file).secret();
        assertNotEquals(first, back);
        Ended rotated = run("rotate-secret", "westshire", "westshire-records", "--data", folder.toString());
        assertEquals(0, rotated.code(), rotated.errors());
        assertNotEquals(back, rotated.secret());
        assertEquals("2", one("select count(*) from waymark.system_secret s join waymark.system_client c on c.id = s.system_client_id "
            + "where c.client_id = 'westshire-records' and (s.expires_at is null or s.expires_at > clock_timestamp())"));
        assertEquals(78, run("rotate-secret", "westshire", "nobody", "--data", folder.toString()).code());
    }

    @Test
    void everyMistakeIsNamedAtOnceAndNothingIsChanged() throws Exception {
        Map<String, String> before = rows();
        Ended bad = add("""
            code: North Shire
            name: {en: Northshire Police}
            welsh: perhaps
            units:
              - code: nswcu
                name: {en: Unit, cy: Uned}
                phone: 12 34
                opening_hours: {monday: 18:00-08:00, someday: closed, friday: [09:00-12:00, 11:00-13:00]}
            phones:
              - {number: 101, label: {en: Police, cy: Heddlu}}
              - {number: "101", label: {en: Police, cy: Heddlu}}
            senders:
              - {account_sid: AC1, credential_ref: 0123456789abcdef0123456789abcdef, auth_token: 5e5e}
            identity_provider: {issuer: "http://idp.example", audience: x}
            system_clients:
              - {id: northshire-records, client_secret: hunter2}
            feeds:
              records: PT1S
              "a b": PT26H
            shade: blue
            """);
        assertEquals(78, bad.code());
        for (String complaint : List.of("line 1, code: is not right", "line 2, name.cy: is missing", "line 3, welsh: is not right",
                "line 7, units[0].phone: is not right", "line 8, units[0].opening_hours.monday: is not right",
                "line 8, units[0].opening_hours.someday: is not known here", "line 8, units[0].opening_hours.friday: two of its hours overlap",
                "line 10, phones: names 101 twice", "line 13, senders[0].auth_token: secrets have no place in this file",
                "line 13, senders[0].account_sid: is not right", "line 13, senders[0].credential_ref: is not right",
                "line 13, senders[0]: needs messaging_service_sid", "line 14, identity_provider.issuer: is not right",
                "line 14, identity_provider.jwks_uri: is missing", "line 16, system_clients[0].client_secret: secrets have no place",
                "line 18, feeds.records: is not right", "line 19, feeds.a b: is not the name of a source", "line 20, shade: is not known here")) {
            assertTrue(bad.errors().contains(complaint), complaint + "\n" + bad.errors());
        }
        assertFalse(bad.errors().contains("hunter2") || bad.errors().contains("5e5e") || bad.errors().contains("0123456789abcdef"));
        assertEquals("", bad.output());
        assertEquals(before, rows());
    }

    @Test
    void whatIsNoFileOfAForceIsRefusedKindly() throws Exception {
        for (String yaml : List.of("", "[]", "just text", "code: [", "code: {a: b}\nname: x\n", "a: &a [*a]\n", "units: nonsense\nphones: 7\n",
                "code: x\u0000y", "code: xx\ncode: yy\nname: {en: a, cy: b}\n", "feeds: [a]", "system_clients: [a, {id: }]")) {
            Ended bad = add(yaml);
            assertEquals(78, bad.code(), yaml);
            assertTrue(bad.errors().contains("line 1") || bad.errors().contains("line 2"), bad.errors());
            assertFalse(bad.errors().contains("\tat "), bad.errors());
        }
    }

    @Test
    void anAdapterIsSwitchedOnAndOffAndKeepsItsMapping() throws Exception {
        String file = example("midshire").replace("mapping: {}", "mapping: {scope: api, client_auth: body, strict: true}")
            .replace("enabled: false", "enabled: true");
        assertEquals(0, add(file).code());
        String row = " from waymark.adapter a join waymark.force f on f.id = a.force_id where f.code = 'midshire'";
        assertEquals("{\"scope\": \"api\", \"strict\": true, \"client_auth\": \"body\"}", one("select mapping::text" + row));
        assertEquals("01:00:00 26:00:00 true",
            one("select poll_every::text || ' ' || silent_after::text || ' ' || enabled::text" + row));
        assertEquals("Force midshire: everything is so already.", add(file).output().strip());
        Ended off = add(file.replaceAll("(?s)\nadapters:.*", "\nadapters: []\n"));
        assertTrue(off.output().contains("adapter hmcts-marketplace: switched off"), off.output() + off.errors());
        assertEquals("f", one("select enabled" + row));
        Ended bad = add(file.replace("strict: true", "client_secret: hunter2").replace("poll_every: PT1H", "poll_every: often")
            .replace("    client_id: midshire\n", ""));
        assertEquals(78, bad.code());
        for (String complaint : List.of("adapters[0].client_id: is missing", "adapters[0].poll_every: is not right",
                "adapters[0].mapping: holds what looks like a secret")) {
            assertTrue(bad.errors().contains(complaint), bad.errors());
        }
        assertFalse(bad.errors().contains("hunter2"));
    }

    @Test
    void aSystemThatIsCalledIsNeverCalledWithoutASecret() throws Exception {
        String file = "code: callshire\nname: {en: Callshire Police, cy: Heddlu Callshire}\nadapters:\n  - kind: http-json\n"
            + "    base_url: https://records.callshire.example/inbox\n    enabled: true\n";
        Ended bad = add(file);
        assertEquals(78, bad.code());
        assertTrue(bad.errors().contains("adapters[0].credential_ref: is missing"), bad.errors());
        Ended good = add(file + "    credential_ref: callshire-records\n");
        assertTrue(good.output().contains("adapter http-json: new"), good.output() + good.errors());
        Ended half = add(file + "    credential_ref: callshire-records\n    token_url: https://login.callshire.example/token\n");
        assertTrue(half.errors().contains("adapters[0].client_id: is missing"), half.errors());
    }

    @Test
    void theCourtsOwnSystemsBelongToNoForce() throws Exception {
        Ended first = add("code: none\nsystem_clients: [{id: courts-lists}]\n");
        assertEquals(0, first.code(), first.errors());
        first.secret();
        assertEquals("t", one("select force_id is null from waymark.system_client where client_id = 'courts-lists'"));
        assertEquals(0, run("rotate-secret", "none", "courts-lists", "--data", folder.toString()).code());
        Ended bad = add("code: none\nname: {en: a, cy: b}\nfeeds: {x: never}\n");
        assertTrue(bad.errors().contains("line 2, name: has no place") && bad.errors().contains("line 3, feeds: has no place"), bad.errors());
    }

    @Test
    void whatBelongsToAnotherForceIsNotTaken() throws Exception {
        assertEquals(0, add(example("southshire")).code());
        Map<String, String> before = rows();
        Ended other = add(example("southshire").replaceFirst("code: southshire", "code: farshire"));
        assertEquals(78, other.code());
        assertTrue(other.errors().contains("senders, sender: belongs to another force"), other.errors());
        assertTrue(other.errors().contains("identity_provider, issuer: belongs to another force"), other.errors());
        assertTrue(other.errors().contains("system_clients, southshire-records: belongs to another force"), other.errors());
        assertEquals(before, rows());
    }

    @Test
    void aForceMaySendThroughSeveralAccounts() throws Exception {
        String file = "code: manyshire\nname: {en: Manyshire Police, cy: Heddlu Manyshire}\n";
        String twilio = """
              - {account_sid: ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, sender: "+447700900771", discreet_sender: "+447700900772",
                 weight: 70, keywords: off, credential_ref: manyshire}
            """;
        String notify = """
              - {kind: notify, service_id: 8ba92f14-6b6d-4d2b-9a68-6d6a8d6a8d6a, weight: 30, credential_ref: manyshire,
                 templates: {sms: f33517ff-2a88-4f6e-b855-c550268ce08a, letter: f33517ff-2a88-4f6e-b855-c550268ce08b}}
              - {kind: firebase, project_id: manyshire-app, credential_ref: manyshire-app}
            """;
        assertEquals(0, add(file + "senders:\n" + twilio + notify).code());
        String rows = "select string_agg(concat_ws(' ', a.kind, a.weight, a.two_way, a.discreet_sender, a.keywords, a.templates ->> 'sms'), "
            + "',' order by a.kind) from waymark.provider_account a join waymark.force f on f.id = a.force_id where f.code = 'manyshire'";
        assertEquals("firebase 100 f,notify 30 f f33517ff-2a88-4f6e-b855-c550268ce08a,twilio 70 t +447700900772 off", one(rows));
        Map<String, String> before = rows();
        assertTrue(add(file + "senders:\n" + twilio + notify).output().contains("Force manyshire:"));
        assertEquals(before, rows(), "the same again changes nothing");
        Ended less = add(file + "senders:\n" + twilio);
        assertTrue(less.output().contains("sender at notify: removed"), less.output());
        assertEquals("firebase 100 f,twilio 70 t +447700900772 off", one(rows), "a project stays where the file names none");
        Ended shares = add("code: sharingshire\nname: {en: Sharingshire Police, cy: Heddlu Sharingshire}\nsenders:\n"
            + twilio.replace("+44770090077", "+44770090078"));
        assertEquals(0, shares.code(), shares.errors());
        Ended takes = add("code: takingshire\nname: {en: Takingshire Police, cy: Heddlu Takingshire}\nsenders:\n"
            + twilio.replace("+447700900771", "+447700900772").replace("aaaa", "bbbb"));
        assertTrue(takes.errors().contains("senders, sender: belongs to another force"), takes.errors());
        assertTrue(takes.errors().contains("senders, credential_ref: is the name of another account's secret"), takes.errors());
    }

    @Test
    void whatIsWrongWithASenderIsSaid() throws Exception {
        Ended bad = add("""
            code: oddshire
            name: {en: Oddshire Police, cy: Heddlu Oddshire}
            senders:
              - {account_sid: ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab, sender: Oddshire, two_way: true, weight: 1001, keywords: maybe,
                 credential_ref: oddshire}
              - {kind: pigeon, credential_ref: oddshire}
              - {kind: notify, service_id: x, sender: "+447700900771", credential_ref: oddshire, templates: {sms: x, fax: y}}
              - {kind: firebase, project_id: oddshire-app, weight: 3, credential_ref: oddshire}
            """);
        for (String complaint : List.of("senders[0].two_way: cannot be true", "senders[0].weight: is not right",
                "senders[0].keywords: is not right", "senders[1].kind: is not right", "senders[2].service_id: is not right",
                "senders[2].sender: has no place beside kind: notify", "senders[2].templates.sms: is not right",
                "senders[2].templates.fax: is not known here", "senders[3].weight: has no place beside kind: firebase")) {
            assertTrue(bad.errors().contains(complaint), complaint + "\n" + bad.errors());
        }
    }

    @Test
    void argumentsAndFoldersThatAreWrong(@TempDir Path empty) throws Exception {
        assertEquals(64, run().code());
        assertEquals(64, run("add").code());
        assertEquals(64, run("remove", "x").code());
        assertEquals(64, run("add", "x", "--colour", "blue").code());
        Ended none = run("add", "force.yaml", "--data", empty.toString());
        assertEquals(78, none.code());
        assertTrue(none.errors().contains("no demo runs with the folder"), none.errors());
        assertFalse(Files.exists(empty.resolve("secrets")), "no secrets are made for a demo that is not there");
        assertEquals(78, run("add", empty.resolve("missing.yaml").toString(), "--data", folder.toString()).code());
        var errors = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            assertEquals(78, ForceCommand.run(new String[] {"add", EXAMPLE.toString()}, Map.of("WAYMARK_DB_URL", "x")));
        } finally {
            System.setErr(err);
        }
        String settings = errors.toString(StandardCharsets.UTF_8);
        assertTrue(settings.contains("WAYMARK_DB_URL does not begin") && settings.contains("WAYMARK_DB_OWNER_PASSWORD is not set"),
            settings);
    }
}
