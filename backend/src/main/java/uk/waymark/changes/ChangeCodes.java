package uk.waymark.changes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.changes.ChangeStore.Change;
import uk.waymark.changes.ChangeStore.Concerned;
import uk.waymark.messaging.ConfirmationCodes;
import uk.waymark.messaging.ConfirmedAddresses;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;

/**
 * Decides, when the code of a change is about to be sent, whether it goes out. Whoever asked has had their answer: it was the
 * same for every number. A code that did not go out confirms nothing, even if it were guessed.
 */
@Singleton
final class ChangeCodes implements ConfirmationCodes {
    private static final Caller NOBODY = new Caller.Nobody();
    private final ActingAs acting;
    private final ChangeStore store;
    private final UnitItems items;
    private final ConfirmedAddresses addresses;
    private final MachineClock machine;

    ChangeCodes(ActingAs acting, ChangeStore store, UnitItems items, ConfirmedAddresses addresses, MachineClock machine) {
        this.acting = acting;
        this.store = store;
        this.items = items;
        this.addresses = addresses;
        this.machine = machine;
    }

    /** Asked again about the same change, it answers the same. */
    @Override
    public Optional<Destination> destination(UUID id) {
        return acting.as(NOBODY, (Connection c) -> {
            Optional<Change> found = store.find(c, id).filter(change -> open(change));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Change change = found.get();
            boolean released = change.decided() ? change.released() : decide(c, change);
            return released ? Optional.of(new Destination(change.kind().channel(), change.to().value(), change.language()))
                : Optional.empty();
        });
    }

    private boolean open(Change change) {
        return !change.over() && !change.confirmed() && change.to() != null && change.expiresAt().isAfter(machine.instant());
    }

    private boolean decide(Connection c, Change change) {
        List<Concerned> people = store.people(c, change.id());
        boolean flagged = people.stream().anyMatch(Concerned::flagged);
        boolean letter = change.kind() == ChangeKind.POSTAL_ADDRESS && flagged;
        boolean unsafe = change.unsafe() || unsafeAddress(c, change, people);
        boolean released = !people.isEmpty() && !change.suspects() && !unsafe && !letter;
        store.release(c, change.id(), released);
        if (change.suspects()) {
            items.suspect(c, change, people);
        } else if (unsafe) {
            items.change(c, change, people, change.kind() == ChangeKind.MOBILE ? "number_unsafe" : "address_unsafe");
        } else if (letter) {
            items.change(c, change, people, "letter_in_flagged_case");
        }
        return released;
    }

    /** What anybody on the account, or staff for them, has called unsafe: in whichever force. */
    private boolean unsafeAddress(Connection c, Change change, List<Concerned> people) {
        boolean unsafe = change.kind() != ChangeKind.MOBILE && people.stream().anyMatch(p -> {
            acting.goOn(c, new Caller.Worker(p.force()));
            return addresses.calledUnsafe(c, p.person(), change.to().value());
        });
        acting.goOn(c, NOBODY);
        return unsafe;
    }
}
