package uk.waymark.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.cases.CaseState.PersonKey;

/** One hearing, as its sources tell of it: what {@link Hearings} knows of it so far. */
final class HearingGroup {
    /** What each source's hearing says of it now, by subject, in the order in which they said so. */
    final Map<String, Statement> says = new LinkedHashMap<>();
    Hearing now;
    /** Whose word the time is. */
    String whenSubject;
    Set<PersonKey> needed = Set.of();
    boolean vacated;
    String lastSource;
    /** The event that carries the hearing as it is now: what is shown and told. */
    Event carrier;
    /** What changed, after that, who is needed or what it is for, and is for nobody's phone; null where there is none. */
    Event hushed;
    /** The carrier by which it stands again at the time from which a row of another one had moved it; else null. */
    Event setBack;
    /** Others that said the same: whoever was told by one of them need not be told again. */
    final List<Event> alternates = new ArrayList<>();

    boolean listsOnly() {
        return says.values().stream().noneMatch(Statement::strong);
    }

    /** Whether a hearing of this source is this one: one that said another day, and was not heard since, no longer is. */
    boolean holds(String source) {
        return says.values().stream().anyMatch(s -> s.source().equals(source) && HearingDays.fit(s.hearing(), now));
    }

    /**
     * What one source's hearing says of it now.
     *
     * @param strong  not of a list
     * @param kindBy  the event by which it came to say what kind it is; null where it says nothing of that
     * @param by      the event by which it last said anything
     * @param stays   whether it has told of this one time only
     */
    record Statement(boolean strong, String source, Hearing hearing, UUID kindBy, Event by, boolean stays) {
        Instant heardAt() {
            return by.receivedAt();
        }
    }
}
