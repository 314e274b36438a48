package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.callbacks.CallBack.Details;
import uk.waymark.callbacks.CallBack.Ending;
import uk.waymark.callbacks.CallBack.Reason;
import uk.waymark.callbacks.CallBack.Via;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;

/** Asking for a call: by the person, by a text of theirs, or by staff who spoke to them. */
@Singleton
public final class CallBackRequests {
    private final ActingAs acting;
    private final CallBackStore store;
    private final Placing placing;
    private final NumbersGiven given;
    private final Turns turns;
    private final WorkItems workItems;
    private final CallBackEndings endings;
    private final Idempotency idempotency;
    private final PhoneNumbers numbers;
    private final CallBackSettings settings;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    CallBackRequests(ActingAs acting, CallBackStore store, Placing placing, NumbersGiven given, Turns turns,
                     WorkItems workItems, CallBackEndings endings, Idempotency idempotency, PhoneNumbers numbers,
                     CallBackSettings settings, Audit audit, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.store = store;
        this.placing = placing;
        this.given = given;
        this.turns = turns;
        this.workItems = workItems;
        this.endings = endings;
        this.idempotency = idempotency;
        this.numbers = numbers;
        this.settings = settings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param number as typed, or null @param language null for the person's own */
    record Wish(Reason reason, Details details, String number, String language) {
        /** Without a word of it. */
        @Override
        public String toString() {
            return "Wish[" + reason + "]";
        }
    }

    private record Part(UUID person, UUID force, String language) { }

    /**
     * By a person, for the first of those on the account who take part in the case.
     *
     * @param key of the request, or null
     * @throws ProblemException 404; 409 where too many wait; 422 for times or a number that cannot be
     */
    CallBack ask(Caller.Person person, UUID caseId, Wish wish, String key) {
        return turns.take(() -> acting.as(person, c -> {
            Part part = mine(c, caseId);
            String number = wish.number() == null ? null : numbers.parse(wish.number()).orElseThrow(() ->
                ProblemException.unprocessable("/mobile", "This is not a phone number. Check it, or leave it out."));
            Details d = wish.details();
            var details = new Details(d.about(), number, d.preferred(), d.voicemail(), d.word(), d.withheld(), d.interpreter());
            String language = wish.language() == null ? part.language() : wish.language();
            var done = idempotency.once(c, person, "askForCallBack", key, request(caseId, wish), () -> {
                UUID id = ids.next();
                String said = store.ask(c, id, part.person(), caseId, wish.reason(), language, details, settings.number("most"),
                    clock.instant()).orElseThrow(ProblemException::notFound);
                if (said.equals("too_many")) {
                    throw tooMany();
                }
                audit.record(c, person, "call_back_asked", caseId, part.person());
                return id;
            });
            acting.goOn(c, new Caller.Worker(part.force()));
            if (done.repeated()) {
                return store.one(c, done.id()).orElseThrow(ProblemException::notFound);
            }
            CallBack placed = placing.place(c, done.id(), null, null);
            given.check(c, placed);
            return placed;
        }));
    }

    /** On a person's behalf. @throws ProblemException as {@link #ask} */
    CallBack add(Caller.Staff staff, UUID person, UUID caseId, Wish wish, String key) {
        return turns.take(() -> acting.as(staff, c -> {
            String own = Sql.one(c, """
                select coalesce(p.chosen_language, p.language) as language from waymark.participant pa
                  join waymark.person p on p.id = pa.person_id join waymark.case_file cf on cf.id = pa.case_id
                 where pa.case_id = ? and pa.person_id = ? and not pa.removed and not p.deceased and p.merged_into is null
                   and waymark.case_open(pa.case_id)""", r -> r.getString("language"), caseId, person)
                .orElseThrow(ProblemException::notFound);
            var done = idempotency.once(c, staff, "addCallBack", key, person + " " + request(caseId, wish), () -> {
                UUID id = ids.next();
                store.insert(c, id, staff.force(), person, caseId, wish.reason(), Via.STAFF, staff.subject(),
                    wish.language() == null ? "cy".equals(own) ? "cy" : "en" : wish.language(), wish.details(), clock.instant());
                audit.record(c, staff, "call_back_added", caseId, person);
                return id;
            });
            if (done.repeated()) {
                return store.one(c, done.id()).orElseThrow(ProblemException::notFound);
            }
            acting.goOn(c, new Caller.Worker(staff.force()));
            return placing.place(c, done.id(), null, null);
        }));
    }

    /**
     * By a text, for which there is an item in the queue: it stands for the call from here on. Whoever waits for a call by a text
     * about the same case waits for that one, which is due no later, unless somebody is at it, it is booked, or nobody is to ring for it
     * before a supervisor has decided.
     *
     * @param c      of the transaction that takes the reply, a worker's of the force
     * @param caseId that it is about; null for the newest of theirs
     * @param item   the key of the item
     * @param due    when the item is due: the call is not due later
     */
    public void fromText(Connection c, UUID force, UUID person, UUID caseId, String item, Instant due) {
        fromAnswer(c, force, person, caseId, item, due, Via.SMS);
    }

    /**
     * By an answer in the app or on the page that they want to talk: as {@link #fromText}, but that whoever waits for a call about one date
     * waits for another one about another date. What staff settle about the one leaves the other.
     */
    public void fromApp(Connection c, UUID force, UUID person, UUID caseId, String item, Instant due) {
        fromAnswer(c, force, person, caseId, item, due, Via.APP);
    }

    /** Staff have spoken to them about what the item with this key was opened for: nobody rings for it any more. */
    public void spoken(Connection c, String item) {
        Optional<CallBack> call = workItems.idOf(c, item).flatMap(id -> store.ofItem(c, id));
        if (call.isEmpty()) {
            workItems.settle(c, item);
        } else if (!call.get().decisionNeeded()) { // a supervisor finds it by its item
            endings.end(c, call.get(), call.get().reachedAt() == null ? Ending.NOT_NEEDED : Ending.SPOKEN, null);
        }
    }

    private void fromAnswer(Connection c, UUID force, UUID person, UUID caseId, String item, Instant due, Via via) {
        Optional<Part> part = Sql.one(c, "select coalesce(chosen_language, language) as language from waymark.person where id = ?",
            r -> new Part(person, force, "cy".equals(r.getString("language")) ? "cy" : "en"), person);
        Optional<UUID> about = caseId != null ? Optional.of(caseId) : Sql.one(c, """
            select case_id from waymark.participant where person_id = ? and not removed order by case_id desc limit 1""",
            r -> Sql.uuid(r, "case_id"), person);
        Optional<UUID> known = workItems.idOf(c, item);
        if (part.isEmpty() || about.isEmpty() || known.isEmpty()) {
            return; // the item alone is for staff to read
        }
        // the lock of gate_ask_call_back: two texts at once are one call
        Sql.call(c, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "call_back " + person);
        List<CallBack> waiting = store.byAnswer(c, person, about.get(), via).stream()
            .filter(b -> via == Via.SMS || subject(c, b.itemId()).equals(subject(c, known.get()))).toList();
        if (waiting.stream().anyMatch(CallBack::decisionNeeded)) {
            return;
        }
        // one that somebody is at, that has reached them or that they have booked is another matter by now
        Optional<CallBack> same = waiting.stream().filter(b -> b.reachedAt() == null && b.claimedBy() == null && b.slot() == null)
            .findFirst();
        if (same.isPresent()) {
            CallBack b = same.get();
            workItems.add(c, b.itemId(), known.get());
            workItems.settle(c, item);
            store.sooner(c, b.id(), due);
            workItems.giveBack(c, b.itemId(), due.isBefore(b.nextAt()) ? due : b.nextAt());
            return;
        }
        UUID id = ids.next();
        store.insert(c, id, force, person, about.get(), Reason.OTHER, via, null, part.get().language(), Details.NONE, clock.instant());
        placing.place(c, id, known.get(), due);
    }

    private Optional<UUID> subject(Connection c, UUID item) {
        return workItems.subject(c, item, Set.of(Placing.ITEM));
    }

    /** Free places for a person. @param from first moment, or null for now @throws ProblemException 404 */
    List<OpeningHours.Slot> free(Caller.Person person, UUID caseId, Instant from) {
        return acting.as(person, c -> {
            Part part = mine(c, caseId);
            acting.goOn(c, new Caller.Worker(part.force()));
            return placing.free(c, part.force(), caseId, part.person(), from == null ? clock.instant() : from);
        });
    }

    private static Part mine(Connection c, UUID caseId) {
        return Sql.one(c, """
            select pa.person_id, pa.force_id, waymark.ctx_language() as language
              from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
             where pa.case_id = ? and not pa.removed and pa.person_id = any ((select waymark.ctx_persons())::uuid[])
             order by pa.person_id limit 1""",
            r -> new Part(Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id"), "cy".equals(r.getString("language")) ? "cy" : "en"), caseId)
            .orElseThrow(ProblemException::notFound);
    }

    /** Everything that makes it the same request; kept as a keyed hash only. */
    private static String request(UUID caseId, Wish wish) {
        Details d = wish.details();
        return String.join("\n", caseId.toString(), wish.reason().name(), d.about() + "", wish.number() + "", d.preferred() + "",
            d.voicemail() + "", d.word() + "", d.withheld() + "", d.interpreter() + "", wish.language() + "");
    }

    private static ProblemException tooMany() {
        return ProblemException.conflict("too-many-waiting", "You are waiting for calls already",
            "Change one of them or take one back, and ask again. If you are in danger now, ring 999.");
    }
}
