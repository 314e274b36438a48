package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.cases.CaseState.Telling;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Brings what is queued in line with what ought to be told: what is new is put into the outbox, what is overtaken, taken
 * back or no longer anybody's is cancelled if it has not gone out. Runs in the transaction of the event, so a message
 * exists if and only if what it tells about was committed.
 */
@Singleton
final class Announcements {
    /**
     * News keeps: a text that could not go out for longer is worse than the call that staff were asked to make. A weekly summary is
     * at most a week and an hour away, where the clocks go back.
     */
    private static final Duration KEEPS = Duration.ofDays(8);
    static final String MESSAGE_CLASS = "case_update";

    /** Staff may have told them by phone; the same hour as for a message that could not be sent. */
    private static final Duration BY_HAND_DUE = Duration.ofHours(1);
    private static final Set<MessageState> LEFT_TO_STAFF =
        Set.of(MessageState.WITHHELD, MessageState.FAILED, MessageState.EXPIRED);

    private final Outbox outbox;
    private final WorkItems workItems;
    private final TellingWords courtDates;

    Announcements(Outbox outbox, WorkItems workItems, TellingWords courtDates) {
        this.outbox = outbox;
        this.workItems = workItems;
        this.courtDates = courtDates;
    }

    private record Known(boolean wanted, String key) { }

    private record Key(UUID event, UUID person) { }

    /**
     * @param tooOld events past their age by now: who joins, or what stands again, does not bring them back
     * @param news   false for history and for what staff or the calendar changed
     * @param untold is given what may not be sent any more, since an officer tells it
     * @return what is told now for the first time
     */
    List<Acceptance.Tell> align(Connection c, UUID force, UUID caseId, CaseState state, Map<PersonKey, UUID> ids,
                                Set<UUID> tooOld, boolean news, Instant now, Consumer<Telling> untold) {
        Map<Key, Known> known = known(c, caseId);
        var tells = new ArrayList<Acceptance.Tell>();
        if (state.recorded()) {
            for (Telling t : state.tellings()) {
                UUID person = ids.get(t.person());
                if (state.gated() && !wasTold(c, force, t.event(), person)) {
                    Known queued = known.get(new Key(t.event(), person));
                    if (!tooOld.contains(t.event()) || queued != null && queued.wanted()) {
                        untold.accept(t);
                    }
                    continue;
                }
                Known before = known.remove(new Key(t.event(), person));
                if (t.correctionOf() != null && before == null && !wasTold(c, force, t.correctionOf(), person)) {
                    putRightByHand(c, force, caseId, t, person, now);
                    continue;
                }
                if (before != null && !before.wanted() && wasTold(c, force, t.event(), person)) {
                    wantAgain(c, t.event(), person);
                } else if ((before == null || !before.wanted()) && !tooOld.contains(t.event())
                        && t.alternates().stream().noneMatch(a -> wasTold(c, force, a, person))) {
                    tell(c, force, caseId, t, person, before, now).ifPresent(tells::add);
                }
            }
        }
        takeBack(c, force, known, key -> true);
        if (state.recorded() && news) {
            // where an officer tells people first, it is left to the calls that the unit makes to whoever nothing has told
            Set<String> setBack = state.gated() ? Set.of() : state.dated().stream().filter(CaseState.Dated::setBack)
                .flatMap(d -> d.subjects().stream()).collect(Collectors.toSet());
            courtDates.afterwards(c, force, caseId, present(state, ids), setBack, now);
        }
        return tells;
    }

    private static Set<UUID> present(CaseState state, Map<PersonKey, UUID> ids) {
        return state.people().entrySet().stream()
            .filter(p -> !p.getValue().out() && p.getValue().mergedInto() == null && !p.getValue().facts().deceased()).map(p -> ids.get(p.getKey())).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** Nothing of this case goes to this person any more. */
    void cancelFor(Connection c, UUID force, UUID caseId, UUID person) {
        takeBack(c, force, known(c, caseId), key -> key.person().equals(person));
    }

    /** Nothing of anything goes to this person any more. */
    void cancelAll(Connection c, UUID force, UUID person, String reason) {
        outbox.cancelByRecipient(c, force, person, reason);
    }

    /** @return empty where it is told by nobody's phone, or is known to the person already */
    private Optional<Acceptance.Tell> tell(Connection c, UUID force, UUID caseId, Telling t, UUID person, Known before, Instant now) {
        String key = before == null ? "event:" + t.event() + ':' + person : before.key() + ":again";
        Sql.run(c, """
            insert into waymark.announcement (event_id, person_id, force_id, case_id, dedupe_key, wanted)
            values (?, ?, ?, ?, ?, true)
            on conflict (event_id, person_id) do update set wanted = true, dedupe_key = excluded.dedupe_key""",
            t.event(), person, force, caseId, key);
        TellingWords.Said said = t.hearing() == null ? new TellingWords.Usual()
            : courtDates.tell(c, new TellingWords.News(force, caseId, t.event(), t.hearing(), person, key, now, now.plus(KEEPS)));
        return switch (said) {
            case TellingWords.Nothing n -> Optional.empty();
            case TellingWords.Told own -> Optional.of(new Acceptance.Tell(person, t.person().sourcePersonId(), own.template(), t.event()));
            case TellingWords.Usual u -> {
                String template = t.correctionOf() == null ? "case_update" : "case_correction";
                outbox.enqueue(c, new NewMessage(force, person, MESSAGE_CLASS, template, Map.of(), key, t.event(), now, now.plus(KEEPS)));
                yield Optional.of(new Acceptance.Tell(person, t.person().sourcePersonId(), template, t.event()));
            }
        };
    }

    /** It was overtaken after it had gone out, and now stands again: once told is enough. */
    private static void wantAgain(Connection c, UUID event, UUID person) {
        Sql.run(c, "update waymark.announcement set wanted = true where event_id = ? and person_id = ?", event, person);
    }

    private void takeBack(Connection c, UUID force, Map<Key, Known> known, Predicate<Key> which) {
        var keys = new ArrayList<String>();
        known.forEach((key, before) -> {
            if (before.wanted() && which.test(key)) {
                Sql.run(c, "update waymark.announcement set wanted = false where event_id = ? and person_id = ?",
                    key.event(), key.person());
                keys.add(before.key());
            }
        });
        outbox.cancelByKeys(c, force, keys, "no_longer_so");
    }

    /** What no message told was for staff to tell; so is that it was wrong. */
    private void putRightByHand(Connection c, UUID force, UUID caseId, Telling t, UUID person, Instant now) {
        messageState(c, force, t.correctionOf(), person).filter(LEFT_TO_STAFF::contains).ifPresent(s ->
            workItems.open(c, new NewWorkItem("message_withheld", "put-right:" + t.event() + ':' + person, caseId, person, t.event(),
                "taken_back", "Something that the person may have been told by hand was taken back. Put it right.",
                now.plus(BY_HAND_DUE))));
    }

    /** Whether the person may have read it: on its way counts, for what cannot be called back must be put right. */
    private boolean wasTold(Connection c, UUID force, UUID event, UUID person) {
        return key(c, event, person).filter(key -> outbox.mayBeKnown(c, force, key)).isPresent();
    }

    private Optional<MessageState> messageState(Connection c, UUID force, UUID event, UUID person) {
        return key(c, event, person).flatMap(key -> outbox.stateByKey(c, force, key));
    }

    private static Optional<String> key(Connection c, UUID event, UUID person) {
        return Sql.one(c, "select dedupe_key from waymark.announcement where event_id = ? and person_id = ?",
            r -> r.getString("dedupe_key"), event, person);
    }

    private static Map<Key, Known> known(Connection c, UUID caseId) {
        var known = new HashMap<Key, Known>();
        Sql.list(c, "select event_id, person_id, dedupe_key, wanted from waymark.announcement where case_id = ?",
            r -> known.put(new Key(Sql.uuid(r, "event_id"), Sql.uuid(r, "person_id")),
                new Known(r.getBoolean("wanted"), r.getString("dedupe_key"))), caseId);
        return known;
    }
}
