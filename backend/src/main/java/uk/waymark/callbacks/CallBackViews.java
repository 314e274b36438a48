package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.CallBackOutcome;
import uk.waymark.api.model.CallBackReason;
import uk.waymark.api.model.CallBackState;
import uk.waymark.api.model.CallBackTime;
import uk.waymark.api.model.CallBackVia;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.OutOfHoursContact;
import uk.waymark.api.model.StaffCallBack;
import uk.waymark.callbacks.CallBack.State;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.Colleagues;

/** Call backs as people and staff read them. */
@Singleton
final class CallBackViews {
    private final CallBackSettings settings;
    private final Colleagues colleagues;
    private final CaseClock clock;

    CallBackViews(CallBackSettings settings, Colleagues colleagues, CaseClock clock) {
        this.colleagues = colleagues;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param language that the words are in; neither a number nor a word of theirs is in it */
    uk.waymark.api.model.CallBack mine(CallBack b, String language) {
        var shown = new uk.waymark.api.model.CallBack(b.id(), b.caseId(), CallBackReason.fromValue(CallBack.wire(b.reason())),
            CallBackState.fromValue(CallBack.wire(b.state())), utc(b.askedAt()), utc(b.dueAt()), b.details().withheld(),
            Language.fromValue(b.language()), next(b, language));
        shown.setNextAt(utc(b.ringsBy(clock.instant())));
        shown.setEndedAt(utc(b.endedAt()));
        shown.setSlot(time(b.slot()));
        shown.setPreferred(b.details().preferred().isEmpty() ? null : times(b.details().preferred()));
        shown.setVoicemail(b.details().voicemail());
        shown.setInterpreter(b.details().interpreter());
        if (b.urgent() && !b.over()) {
            shown.setEmergency(settings.text("emergency." + language));
        }
        return shown;
    }

    private String next(CallBack b, String language) {
        Instant now = clock.instant();
        String what = switch (b.state()) {
            case ASKED -> b.toCome(now).isEmpty() || b.urgent() ? "asked" : "full";
            case MISSED -> b.over() ? "not_reached" : "missed";
            default -> CallBack.wire(b.state());
        };
        Instant by = b.ringsBy(now);
        // a time that is over, or that a supervisor has yet to allow, is promised to nobody
        boolean timeless = b.slot() == null && by == null && (b.state() == State.ASKED || what.equals("missed"));
        String when = b.slot() != null ? Spoken.of(b.slot(), language) : by == null ? "" : Spoken.of(by, language);
        String words = settings.text("next." + what + (timeless ? ".soon." : ".") + language).replace("{when}", when);
        boolean waits = b.state() == State.ASKED || b.state() == State.BOOKED;
        return waits && b.details().number() != null ? words + ' ' + settings.text("next.number." + language) : words;
    }

    /** @param seen in the order in which they are given back */
    List<StaffCallBack> staff(Caller.Staff staff, List<CallBackQueue.Seen> seen) {
        Map<String, String> names = colleagues.names(staff, seen.stream().map(one -> one.callBack().claimedBy()).toList());
        return seen.stream().map(one -> {
            StaffCallBack shown = staff(one);
            shown.setClaimedByName(names.get(one.callBack().claimedBy()));
            return shown;
        }).toList();
    }

    private StaffCallBack staff(CallBackQueue.Seen seen) {
        CallBack b = seen.callBack();
        var shown = new StaffCallBack(b.id(), b.caseId(), b.person(), CallBackReason.fromValue(CallBack.wire(b.reason())),
            CallBackVia.fromValue(CallBack.wire(b.via())), CallBackState.fromValue(CallBack.wire(b.state())), utc(b.askedAt()),
            utc(b.dueAt()), utc(b.nextAt()), Language.fromValue(b.language()), b.tried(), b.decisionNeeded(), b.toConfirm());
        shown.setUnit(b.unit());
        shown.setSlot(time(b.slot()));
        shown.setPreferred(b.details().preferred().isEmpty() ? null : times(b.details().preferred()));
        shown.setInterpreter(b.details().interpreter());
        shown.setLastOutcome(b.lastOutcome() == null ? null : CallBackOutcome.fromValue(CallBack.wire(b.lastOutcome())));
        shown.setClaimedBy(b.claimedBy());
        shown.setClaimedAt(utc(b.claimedAt()));
        shown.setOutOfHours(seen.desk() == null ? null : new OutOfHoursContact(seen.desk().name(), seen.desk().phone()));
        shown.setPassedOnAt(utc(b.passedOnAt()));
        shown.setBefore(seen.before());
        shown.setNumber(seen.number());
        return shown;
    }

    static List<CallBackTime> times(List<Slot> slots) {
        return slots.stream().map(CallBackViews::time).toList();
    }

    private static CallBackTime time(Slot slot) {
        return slot == null ? null : new CallBackTime(utc(slot.from()), utc(slot.to()));
    }

    /** @return null for null: nothing was said of times */
    static List<Slot> slots(List<CallBackTime> times) {
        return times == null ? null : times.stream().map(t -> new Slot(t.getFrom().toInstant(), t.getTo().toInstant())).toList();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
