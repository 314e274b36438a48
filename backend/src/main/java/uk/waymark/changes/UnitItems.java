package uk.waymark.changes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.changes.ChangeStore.Change;
import uk.waymark.changes.ChangeStore.Concerned;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** What the units of everyone on an account are told of a change: one item a force, in the transaction that goes on as each. */
@Singleton
final class UnitItems {
    static final String CHANGE = "contact_change";
    static final String SUSPECT = "suspect_number_match";
    /** Of these the subject may be a change that waits. */
    static final Set<String> OF_CHANGES = Set.of(CHANGE, SUSPECT);
    private static final String ADDRESS = "address_to_confirm";
    private final ActingAs acting;
    private final WorkItems workItems;
    private final ChangeSettings settings;
    private final CaseClock clock;

    UnitItems(ActingAs acting, WorkItems workItems, ChangeSettings settings, CaseClock clock) {
        this.acting = acting;
        this.workItems = workItems;
        this.settings = settings;
        this.clock = clock;
    }

    /** It waits for staff, or was stopped before its code went out. */
    void change(Connection c, Change change, List<Concerned> people, String reason) {
        open(c, change, people, CHANGE, reason, settings.words(reason, change.kind(), change.to().value()));
    }

    /** The number is never repeated: whatever is known of a suspect's is shown to nobody. */
    void suspect(Connection c, Change change, List<Concerned> people) {
        open(c, change, people, SUSPECT, "held_for_suspect", settings.words("held_for_suspect"));
    }

    private void open(Connection c, Change change, List<Concerned> people, String kind, String reason, String words) {
        ofForces(people).values().forEach(one -> {
            acting.goOn(c, new Caller.Worker(one.force()));
            // an item that was dealt with does not stand for what came up later
            workItems.open(c, new NewWorkItem(kind, key(change.id(), kind, reason), null, one.person(), change.id(), reason,
                words, clock.instant().plus(settings.due(kind))));
        });
    }

    /** In a flagged case nothing goes to an address before staff have said that it is safe, confirmed on itself or not. */
    void confirmAddress(Connection c, Change change, Concerned one) {
        workItems.open(c, new NewWorkItem(ADDRESS, "address_to_confirm:" + change.id() + ':' + one.person(), null, one.person(),
            change.id(), "address_entered", settings.words("address_entered"), clock.instant().plus(settings.due(ADDRESS))));
    }

    /** Staff have decided. */
    void settle(Connection c, UUID change, List<Concerned> people) {
        ofForces(people).values().forEach(one -> {
            acting.goOn(c, new Caller.Worker(one.force()));
            for (String reason : List.of("flagged_case", "number_in_use", "number_unsafe", "address_unsafe",
                    "letter_in_flagged_case", "device_gone")) {
                workItems.settle(c, key(change, CHANGE, reason));
            }
            workItems.settle(c, key(change, SUSPECT, "held_for_suspect"));
        });
    }

    private static String key(UUID change, String kind, String reason) {
        return kind + ':' + change + ':' + reason;
    }

    /** One person of each force, one in a flagged case first. */
    private static Map<UUID, Concerned> ofForces(List<Concerned> people) {
        var first = new LinkedHashMap<UUID, Concerned>();
        people.forEach(p -> first.merge(p.force(), p, (a, b) -> a.flagged() || !b.flagged() ? a : b));
        return first;
    }
}
