package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;

/**
 * One call stops everything that a force would send to the persons of an account, and their units are told. Sign-in codes are
 * no news of a force's: whoever asks for one gets it, since starting again takes a fresh sign-in.
 */
@Singleton
public class Pauses implements Reservation {
    static final String PAUSED = "paused";

    private final ActingAs acting;
    private final Ids ids;
    private final CaseClock clock;
    private final MachineClock machine;
    private final DueTimes dueTimes;
    private final ContactHistory history;
    private final Recalls recalls;
    private final Audit audit;

    Pauses(ActingAs acting, Ids ids, CaseClock clock, MachineClock machine, DueTimes dueTimes, ContactHistory history,
           Recalls recalls, Audit audit) {
        this.acting = acting;
        this.ids = ids;
        this.clock = clock;
        this.machine = machine;
        this.dueTimes = dueTimes;
        this.history = history;
        this.recalls = recalls;
        this.audit = audit;
    }

    /** Which of these persons are not to be told anything. */
    public Set<UUID> of(Connection c, UUID[] persons) {
        return new HashSet<>(Sql.list(c, "select id from waymark.gate_paused(?) as id", r -> Sql.uuid(r, "id"), (Object) persons));
    }

    /** Stops everything; again, it changes nothing. When it returns nothing starts any more. */
    public void pause(Caller.Person person) {
        recalls.of(change(person, true));
    }

    /** @throws SignInRefused where the last sign-in is more than five minutes ago */
    public void resume(Caller.Person person) {
        acting.as(person, () -> null); // a session that has ended is told so first
        if (person.authTime().isBefore(machine.instant().minus(SignInRefused.FRESH))) {
            throw SignInRefused.tooLongAgo();
        }
        change(person, false);
    }

    private List<Recalls.Told> change(Caller.Person person, boolean paused) {
        return acting.as(person, c -> {
            int persons = Sql.one(c, "select cardinality(waymark.ctx_persons()) as persons", r -> r.getInt("persons")).orElse(0);
            UUID[] items = IntStream.range(0, persons).mapToObj(i -> ids.next()).toArray(UUID[]::new);
            List<Recalls.Told> changed = Sql.list(c, "select force_id, person_id from waymark.gate_pause(?, ?, ?, ?, ?)",
                r -> new Recalls.Told(Sql.uuid(r, "force_id"), Sql.uuid(r, "person_id")), paused, items, clock.instant(),
                dueTimes.paused(clock.instant(), false), dueTimes.paused(clock.instant(), true));
            for (Recalls.Told told : changed) {
                history.byPerson(c, told.person(), Map.of(PAUSED, Boolean.toString(paused)));
                audit.record(c, person, paused ? "contact_paused" : "contact_resumed", null, told.person());
            }
            return changed;
        });
    }

    @Override
    public List<Decision> before(Connection c, List<Pending> batch) {
        Set<UUID> paused = of(c, batch.stream().map(Pending::recipientRef).distinct().toArray(UUID[]::new));
        return batch.stream().<Decision>map(m -> paused.contains(m.recipientRef()) ? new Decision.Withhold(PAUSED) : null)
            .toList();
    }
}
