package uk.waymark.sandbox;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.courts.Court;
import uk.waymark.platform.Databases;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/** The two fictional forces, with an identity provider and an account at the message provider each. */
public final class SandboxForces {
    static final String AUDIENCE = "waymark";
    /** The account that sends one-time codes: it belongs to no force. */
    static final Account PLATFORM_ACCOUNT =
        new Account(id("00"), null, "AC" + "5a".repeat(15) + "00", "+447700900990", "platform");
    /** What stands for the auth token of each account; the stand-in of the provider checks it. */
    static final String PROVIDER_TOKEN = "sandbox";

    /** The Firebase project of the app, which belongs to no force. */
    static final String FIREBASE_PROJECT = "waymark-sandbox";

    private static final List<Force> FORCES = List.of(
        new Force(id("01"), "northmoor", "Northmoor Police", "Heddlu Northmoor", false,
            new Account(id("11"), id("01"), "AC" + "5a".repeat(15) + "01", "+447700900991", "northmoor")),
        new Force(id("02"), "glanafon", "Glanafon Police", "Heddlu Glanafon", true,
            new Account(id("12"), id("02"), "AC" + "5a".repeat(15) + "02", "+447700900992", "glanafon")));

    /** No force: the courts' own system, whose tokens are signed by a provider of its own. */
    static final Force NATIONAL = new Force(id("09"), "national", "Court service", "Gwasanaeth llysoedd", true, null);
    static final String NATIONAL_ROLE = "national_system";

    private SandboxForces() { }

    /** @param welsh under the Welsh Language Standards */
    public record Force(UUID id, String code, String nameEn, String nameCy, boolean welsh, Account account) { }

    /** An account at Twilio's stand-in. */
    public record Account(UUID id, UUID force, String sid, String sender, String credentialRef) { }

    public static List<Force> all() {
        return FORCES;
    }

    /** @throws IllegalArgumentException when the sandbox has no such force */
    public static Force byCode(String code) {
        return find(code).orElseThrow(() -> new IllegalArgumentException("no such force in the sandbox: " + code));
    }

    static Optional<Force> find(String code) {
        return FORCES.stream().filter(f -> f.code().equals(code)).findFirst();
    }

    static List<Account> accounts() {
        return List.of(PLATFORM_ACCOUNT, FORCES.get(0).account(), FORCES.get(1).account());
    }

    /** Puts the forces in place as the owner, as an operator would; may be done again, with another address too. */
    public static void prepare(Settings settings) {
        try (Connection owner = Databases.owner(settings)) {
            for (Force force : FORCES) {
                insert(owner, force);
                provider(owner, force, force.id(), settings.publicUrl());
                callBacks(owner, force);
                attachments(owner, force);
            }
            provider(owner, NATIONAL, null, settings.publicUrl());
            for (Account account : accounts()) {
                insert(owner, account);
            }
            insertProject(owner);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** In the demo: each force's system may be silent for as long as {@code force add} lets one be. */
    public static void watchSilence(Settings settings) {
        try (Connection owner = Databases.owner(settings)) {
            for (Force force : FORCES) {
                Sql.run(owner, """
                    insert into waymark.feed (force_id, source, silent_after) values (?, ?, interval '26 hours')
                    on conflict do nothing""", force.id(), source(force.code()));
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** In the demo: staff sign in on the pages, at the provider that stands in for their force's. */
    public static void openPages(Settings settings) {
        try (Connection owner = Databases.owner(settings)) {
            for (Force force : FORCES) {
                Sql.run(owner, "update waymark.identity_provider set web_client = ? where id = ?", IdentityStandIn.PAGES_CLIENT, force.id());
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** In the demo: a few courts that do not exist either, with their doors and the way there. */
    public static void describeCourts(Settings settings) {
        try (Connection owner = Databases.owner(settings)) {
            court(owner, FORCES.get(0), "C99NM00", "Northmoor Crown Court", "Llys y Goron Northmoor", "1 Assize Street, Northmoor",
                "Use the door in Mill Lane and ask for the Witness Service.", "Defnyddiwch y drws yn Mill Lane a gofynnwch am y Gwasanaeth Tystion.",
                "The station is ten minutes away on foot; there is no car park.", "Mae'r orsaf ddeg munud i ffwrdd ar droed; nid oes maes parcio.");
            court(owner, FORCES.get(0), "B44NM00", "Northmoor Magistrates' Court", "Llys Ynadon Northmoor", "Castle Street, Northmoor",
                "The main door; say at the desk that you are a witness.", "Y prif ddrws; dywedwch wrth y ddesg eich bod yn dyst.",
                "Buses 4 and 12 stop in the square.", "Mae bysiau 4 a 12 yn aros yn y sgw\u00e2r.");
            court(owner, FORCES.get(1), "B98GA00", "Glanafon Magistrates' Court", "Llys Ynadon Glanafon", "Heol y Bont, Glanafon",
                "The main door; say at the desk that you are a witness.", "Y prif ddrws; dywedwch wrth y ddesg eich bod yn dyst.",
                "There is a car park behind the building.", "Mae maes parcio y tu \u00f4l i'r adeilad.");
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private static void court(Connection c, Force force, String code, String en, String cy, String address, String entranceEn,
                              String entranceCy, String travelEn, String travelCy) {
        var court = new Court(code, en, cy, List.of(), address, entranceEn, entranceCy, null, travelEn, travelCy, null);
        Sql.run(c, """
            insert into waymark.court (force_id, ou_code, name_en, name_cy, also, name_keys, address, entrance_en, entrance_cy,
                                       travel_en, travel_cy)
            values (?, ?, ?, ?, '{}', ?, ?, ?, ?, ?, ?) on conflict do nothing""", force.id(), code, en, cy,
            court.nameKeys().toArray(String[]::new), address, entranceEn, entranceCy, travelEn, travelCy);
    }

    /** What the force's system calls itself in its events. */
    static String source(String forceCode) {
        return forceCode + "-records";
    }

    static String issuer(URI base, String forceCode) {
        return base + "/sandbox/idp/" + forceCode;
    }

    private static void insert(Connection c, Force force) {
        Sql.run(c, """
            insert into waymark.force (id, code, name_en, name_cy, welsh) values (?, ?, ?, ?, ?)
            on conflict (id) do nothing""", force.id(), force.code(), force.nameEn(), force.nameCy(), force.welsh());
    }

    /** A desk that does not exist either, and one role that speaks Welsh. */
    private static void callBacks(Connection c, Force force) {
        Sql.run(c, """
            insert into waymark.call_back_rule (force_id, out_of_hours_name, out_of_hours_phone, out_of_hours_text)
            values (?, 'Control room', '+448081570101', '+447700900990')
            on conflict do nothing""", force.id());
        Sql.run(c, """
            insert into waymark.call_back_speaker (force_id, subject, language) values (?, ?, 'cy') on conflict do nothing""",
            force.id(), force.code() + "-officer");
    }

    /** No scanner runs beside the sandbox, and nothing of anybody is in it. */
    private static void attachments(Connection c, Force force) {
        Sql.run(c, "insert into waymark.attachment_rule (force_id, serve_unscanned) values (?, true) on conflict do nothing", force.id());
    }

    /** The address of the demo may be another one after a restart, and the issuer with it. */
    private static void provider(Connection c, Force force, UUID of, URI base) {
        String issuer = issuer(base, force.code());
        Sql.run(c, """
            insert into waymark.identity_provider (id, force_id, issuer, audience, jwks_uri) values (?, ?, ?, ?, ?)
            on conflict (id) do update set issuer = excluded.issuer, jwks_uri = excluded.jwks_uri""",
            force.id(), of, issuer, AUDIENCE, issuer + "/jwks");
    }

    private static void insert(Connection c, Account account) {
        Sql.run(c, """
            insert into waymark.provider_account (id, force_id, kind, account_sid, sender, two_way, keywords, credential_ref)
            values (?, ?, 'twilio', ?, ?, true, 'off', ?)
            on conflict (id) do nothing""",
            account.id(), account.force(), account.sid(), account.sender(), account.credentialRef());
    }

    private static void insertProject(Connection c) {
        Sql.run(c, """
            insert into waymark.provider_account (id, kind, account_sid, credential_ref) values (?, 'firebase', ?, 'app')
            on conflict (id) do nothing""", id("20"), FIREBASE_PROJECT);
    }

    private static UUID id(String last) {
        return UUID.fromString("01900000-0000-7000-8000-0000000000" + last);
    }
}
