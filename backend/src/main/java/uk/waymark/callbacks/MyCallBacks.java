package uk.waymark.callbacks;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.callbacks.CallBack.Details;
import uk.waymark.callbacks.CallBack.Ending;
import uk.waymark.callbacks.CallBack.Via;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.messaging.Ringing;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** What a person sees of the calls that they asked for, moves and takes back. */
@Singleton
final class MyCallBacks {
    private final ActingAs acting;
    private final CallBackStore store;
    private final Placing placing;
    private final NumbersGiven given;
    private final CallBackEndings endings;
    private final Ringing ringing;
    private final Audit audit;

    MyCallBacks(ActingAs acting, CallBackStore store, Placing placing, NumbersGiven given, CallBackEndings endings, Ringing ringing,
                Audit audit) {
        this.acting = acting;
        this.store = store;
        this.placing = placing;
        this.given = given;
        this.endings = endings;
        this.ringing = ringing;
        this.audit = audit;
    }

    /** @param language that the words are in */
    record Read(List<CallBack> items, String language) { }

    /** @throws ProblemException 404 where the case is not theirs */
    Read list(Caller.Person person, UUID caseId, UUID before, int limit, String acceptLanguage) {
        return acting.as(person, c -> {
            Sql.one(c, """
                select 1 as one from waymark.participant where case_id = ? and person_id = any ((select waymark.ctx_persons())::uuid[])
                   and not removed limit 1""", r -> true, caseId).orElseThrow(ProblemException::notFound);
            return new Read(store.inCase(c, caseId, before, limit), language(c, acceptLanguage));
        });
    }

    /** @throws ProblemException 404 */
    Read one(Caller.Person person, UUID id, String acceptLanguage) {
        return acting.as(person, c -> new Read(List.of(mine(c, id)), language(c, acceptLanguage)));
    }

    String language(Caller.Person person, String acceptLanguage) {
        return acting.as(person, (Connection c) -> language(c, acceptLanguage));
    }

    /**
     * What is to be otherwise; null for what stays.
     *
     * @param preferred empty for as soon as somebody can
     */
    record Change(List<Slot> preferred, Boolean voicemail, String word, Boolean withheld, String interpreter, String language) {
        /** Without a word of it. */
        @Override
        public String toString() {
            return "Change";
        }
    }

    /** @throws ProblemException 404; 409 where it is over or somebody is ringing; 412, 428; 422 for times that cannot be */
    CallBack change(Caller.Person person, UUID id, Change change, String ifMatch) {
        return acting.as(person, c -> {
            CallBack seen = mine(c, id);
            checkRead(ifMatch, seen);
            acting.goOn(c, new Caller.Worker(seen.force()));
            CallBack known = store.locked(c, id).orElseThrow(ProblemException::notFound);
            if (known.version() != seen.version()) {
                throw changed();
            }
            open(known);
            if (known.claimedBy() != null) {
                throw ProblemException.conflict("being-rung", "Somebody is on it", "They ring you soon. You can tell them then.");
            }
            boolean flagged = ringing.way(c, known.person()).flagged();
            store.change(c, id, change.language() == null ? known.language() : change.language(), changed(known.details(), change),
                known.toConfirm() || flagged, change.preferred() != null);
            if (flagged && known.via() == Via.STAFF) {
                given.open(c, known, "changed", id); // what she said to staff, whoever holds the phone has changed
            }
            CallBack now = store.one(c, id).orElseThrow();
            // nothing is booked that a supervisor has yet to allow
            CallBack placed = change.preferred() == null || known.decisionNeeded() ? now : placing.again(c, now);
            acting.goOn(c, person);
            audit.record(c, person, "call_back_changed", known.caseId(), known.person());
            return placed;
        });
    }

    private static Details changed(Details d, Change change) {
        return new Details(d.about(), d.number(), change.preferred() == null ? d.preferred() : change.preferred(),
            change.voicemail() == null ? d.voicemail() : change.voicemail(), change.word() == null ? d.word() : change.word(),
            change.withheld() == null ? d.withheld() : change.withheld(),
            change.interpreter() == null ? d.interpreter() : change.interpreter());
    }

    /** @throws ProblemException 404; 409 where it has been dealt with */
    void cancel(Caller.Person person, UUID id) {
        acting.as(person, c -> {
            CallBack seen = mine(c, id);
            if (seen.ending() == Ending.CANCELLED) {
                return null;
            }
            audit.record(c, person, "call_back_cancelled", seen.caseId(), seen.person());
            acting.goOn(c, new Caller.Worker(seen.force()));
            CallBack known = store.locked(c, id).orElseThrow(ProblemException::notFound);
            if (known.ending() == Ending.CANCELLED) {
                return null;
            }
            open(known);
            endings.end(c, known, Ending.CANCELLED, null);
            // a flag of now counts too: staff may have arranged the call, or it was asked for before there was one
            boolean unsafe = known.decisionNeeded() || known.lastOutcome() != null && known.lastOutcome().unsafe();
            if (known.urgent() || known.toConfirm() || unsafe || ringing.way(c, known.person()).flagged()) {
                given.open(c, known, "cancelled", id); // whoever holds the phone may have done so
            }
            return null;
        });
    }

    private CallBack mine(Connection c, UUID id) {
        return store.one(c, id).orElseThrow(ProblemException::notFound);
    }

    private static void open(CallBack b) {
        if (b.over()) {
            throw ProblemException.conflict("call-back-over", "It is over", "Ask for another call.");
        }
    }

    static String tag(CallBack b) {
        return ETags.of(b.id() + ":" + b.version());
    }

    private static void checkRead(String ifMatch, CallBack b) {
        if (ifMatch == null) {
            throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                "Read it first, and send its ETag as If-Match.");
        }
        if (!ETags.matches(ifMatch, tag(b))) {
            throw changed();
        }
    }

    private static ProblemException changed() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "It has changed",
            "Somebody has changed this since you read it. Read it again and repeat your change.");
    }

    private static String language(Connection c, String acceptLanguage) {
        return Language.of(acceptLanguage, Sql.one(c, "select waymark.ctx_language() as language", r -> r.getString("language")).orElse("en"));
    }
}
