package uk.waymark.forces;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Migrations;
import uk.waymark.platform.ProviderCredentials;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/**
 * Sets a force up as its file says, as the owner of the database and in one transaction: all of it or nothing. The
 * database is brought up to date first. Doing it again brings the rows in line and touches nothing else. Numbers and
 * addresses in what it says are the force's own, never a person's.
 */
public final class ForceSetUp {
    private final Settings settings;
    private final MachineClock clock;
    private final Ids ids;

    /** What came of it. */
    public sealed interface Outcome { }

    /**
     * @param changes one line a change; empty where everything was so already
     * @param secrets of clients that are new, by client: shown now and never again
     * @param stillToDo what the server needs before it can go on with this
     */
    public record Done(String code, boolean isNew, List<String> changes, Map<String, String> secrets, List<String> stillToDo)
            implements Outcome {
        /** Without secrets. */
        @Override
        public String toString() {
            return "Done[" + code + "]";
        }
    }

    /** Nothing was changed. @param complaints one line a mistake */
    public record Refused(List<String> complaints) implements Outcome { }

    public ForceSetUp(Settings settings, MachineClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /** Forces that the server does not start with: nobody answers there at night. @return one line each, what to add */
    public static List<String> notWoken(Connection owner) {
        return CallBackRows.notWoken(owner);
    }

    public static List<String> missing(Connection owner) {
        return CallBackRows.missing(owner);
    }

    /** Sets up what this file says. @param yaml the text of the file */
    public Outcome add(String yaml) {
        return switch (ForceFileReader.read(yaml, settings.sandbox())) {
            case ForceFile.Bad bad -> new Refused(bad.complaints());
            case ForceFile.Good good -> inTransaction(c -> add(c, good.file()));
        };
    }

    /** Another secret for a client. @param atOnce the one before ends now instead of in a day */
    public Outcome rotate(String code, String clientId, boolean atOnce) {
        return inTransaction(c -> {
            record Known(UUID id, boolean revoked) { }
            Optional<Known> client = Sql.one(c, """
                select s.id, s.revoked_at from waymark.system_client s left join waymark.force f on f.id = s.force_id
                 where coalesce(f.code, ?) = ? and s.client_id = ?""",
                r -> new Known(Sql.uuid(r, "id"), r.getObject("revoked_at") != null), ForceFile.NO_FORCE, code, clientId);
            if (client.isEmpty()) {
                return new Refused(List.of("the force has no such client; ./waymark force add with it under system_clients"));
            }
            if (client.get().revoked()) {
                return new Refused(List.of("this client is revoked; ./waymark force add with it under system_clients brings it back"));
            }
            String secret = new SystemClients(c, ids, clock.instant()).rotate(client.get().id(), atOnce);
            return new Done(code, false, List.of(atOnce ? "the secret before ends now" : "the secret before ends in a day"),
                Map.of(clientId, secret), List.of());
        });
    }

    private Outcome add(Connection c, ForceFile file) {
        // two at once for one force would each see what the other has not written yet
        Sql.call(c, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "force " + file.code());
        var changes = new ArrayList<String>();
        var secrets = new LinkedHashMap<String, String>();
        if (file.national()) {
            var taken = new TakenNames(c, null).complaints(file);
            if (!taken.isEmpty()) {
                return new Refused(taken);
            }
            file.systemClients().ifPresent(clients -> clients(c, null, clients, changes, secrets));
            return new Done(file.code(), false, changes, secrets, List.of());
        }
        boolean isNew = Sql.one(c, "select id from waymark.force where code = ?", r -> Sql.uuid(r, "id"), file.code()).isEmpty();
        var rows = new ForceRows(c, ids, changes);
        UUID force = rows.force(file);
        var taken = new TakenNames(c, force).complaints(file);
        if (!taken.isEmpty()) {
            return new Refused(taken);
        }
        file.units().ifPresent(units -> rows.units(force, units));
        file.phones().ifPresent(phones -> rows.phones(force, phones));
        file.senders().ifPresent(senders -> rows.senders(force, senders));
        file.identityProvider().ifPresent(providers -> rows.identityProvider(force, providers.getFirst()));
        file.systemClients().ifPresent(clients -> clients(c, force, clients, changes, secrets));
        file.feeds().ifPresent(feeds -> rows.feeds(force, feeds));
        file.adapters().ifPresent(adapters -> new AdapterRows(c, ids, changes).write(force, adapters));
        file.messages().ifPresent(messages -> new MessageRows(c, changes).write(force, messages));
        file.reading().ifPresent(reading -> new ReadingRows(c, changes).write(force, reading));
        file.courts().ifPresent(courts -> new CourtRows(c, changes).write(force, courts));
        file.callBacks().ifPresent(calls -> new CallBackRows(c, changes).write(force, calls));
        file.attachments().ifPresent(files -> new AttachmentRows(c, changes).write(force, files));
        return new Done(file.code(), isNew, changes, secrets, stillToDo(file, CallBackRows.known(c, force)));
    }

    private void clients(Connection c, UUID force, List<String> wanted, List<String> changes, Map<String, String> secrets) {
        record Known(UUID id, String name, boolean revoked) { }
        Instant now = clock.instant();
        var clients = new SystemClients(c, ids, now);
        var known = new LinkedHashMap<String, Known>();
        Sql.list(c, "select id, client_id, revoked_at from waymark.system_client where force_id is not distinct from ? order by client_id",
            r -> new Known(Sql.uuid(r, "id"), r.getString("client_id"), r.getObject("revoked_at") != null), force)
            .forEach(k -> known.put(k.name(), k));
        for (String name : wanted) {
            Known before = known.remove(name);
            if (before == null) {
                secrets.put(name, clients.create(force, name));
                changes.add("system client " + name + ": new");
            } else if (before.revoked()) {
                secrets.put(name, clients.bringBack(before.id()));
                changes.add("system client " + name + ": no longer revoked, with a new secret");
            }
        }
        known.values().stream().filter(k -> !k.revoked()).forEach(k -> {
            clients.revoke(k.id());
            changes.add("system client " + k.name() + ": revoked, its tokens have ended");
        });
    }

    /** @param deskKnown somebody answers at night */
    private List<String> stillToDo(ForceFile file, boolean deskKnown) {
        if (settings.sandbox()) {
            return List.of();
        }
        var todo = new ArrayList<String>();
        if (!deskKnown) {
            todo.add("say in call_backs.out_of_hours who answers at any hour for people who do not feel safe, and run this again: without "
                + "it the next start is refused");
        }
        file.senders().orElse(List.of()).stream()
            .filter(s -> ProviderCredentials.of(settings, s.kind(), s.credentialRef()).isEmpty())
            .forEach(s -> todo.add("set " + ProviderCredentials.setting(s.kind(), s.credentialRef()) + " to the "
                + ProviderCredentials.what(s.kind()) + " wherever the server runs, and start it again: without it nothing is sent by "
                + "that account, and the next start is refused"));
        file.senders().orElse(List.of()).stream()
            .filter(s -> s.isTwilio() && s.keywords() == null && (s.twoWay() || !s.ownNumbers().isEmpty()))
            .forEach(s -> todo.add("have Twilio's own handling of STOP, CANCEL, YES and HELP switched off for the sender with the "
                + "credential " + s.credentialRef() + ", and say keywords: off (docs/operate.md)"));
        file.adapters().orElse(List.of()).stream().filter(a -> a.enabled() && a.credentialRef() != null)
            .map(ForceFile.Adapter::credentialRef).filter(ref -> settings.adapterSecret(ref).isEmpty())
            .forEach(ref -> todo.add("set " + Settings.adapterSetting(ref) + " to the adapter's secret wherever the "
                + "server runs, and start it again: without it nothing is asked or handed over, and the next start is refused"));
        return todo;
    }

    private interface Work {
        Outcome in(Connection c) throws SQLException;
    }

    private Outcome inTransaction(Work work) {
        Migrations.run(settings);
        try (Connection c = Databases.owner(settings)) {
            c.setAutoCommit(false);
            Outcome outcome = work.in(c);
            if (outcome instanceof Done) {
                c.commit();
            } else {
                c.rollback();
            }
            return outcome;
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }
}
