package uk.waymark.callbacks;

import io.micronaut.context.event.ApplicationEventListener;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.callbacks.Offices.Desk;
import uk.waymark.callbacks.Offices.Office;
import uk.waymark.cases.CaseUnits;
import uk.waymark.messaging.DeskTexts;
import uk.waymark.messaging.MessageEnded;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Enqueued;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Wakes whoever answers for a force while the unit of a case is closed: a text that says nothing of anybody, once for each item of the
 * queue, and none where somebody has taken that on before it left. A text that does not arrive is an item of its own, raised at once. That
 * it arrived ends nothing: only somebody who takes the item on does. Counted in {@code waymark_out_of_hours_alerts_total} by outcome.
 */
@Singleton
public final class OutOfHours implements DeskTexts, ApplicationEventListener<MessageEnded> {
    static final String UNREACHED = "out_of_hours_unreached";
    private static final String DANGER = "message_danger";
    private static final String METRIC = "waymark.out.of.hours.alerts";
    /** After that the hour in which somebody had to ring is over, and supervisors and operators know. */
    private static final Duration WORTH = Duration.ofHours(1);
    private final ActingAs acting;
    private final Offices offices;
    private final CaseUnits units;
    private final Outbox outbox;
    private final WorkItems workItems;
    private final CallBackSettings settings;
    private final CaseClock clock;
    private final MeterRegistry meters;

    OutOfHours(ActingAs acting, Offices offices, CaseUnits units, Outbox outbox, WorkItems workItems, CallBackSettings settings,
               CaseClock clock, MeterRegistry meters) {
        this.acting = acting;
        this.offices = offices;
        this.units = units;
        this.outbox = outbox;
        this.workItems = workItems;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        for (Outcome outcome : Outcome.values()) {
            count(outcome, 0);
        }
    }

    /** What came of waking somebody; a metric's tag. {@code NO_NUMBER}: the force has none that takes texts. */
    private enum Outcome { ASKED, NO_NUMBER, ARRIVED, NOT_NEEDED, NOT_ARRIVED }

    private void count(Outcome outcome, int times) {
        meters.counter(METRIC, "outcome", CallBack.wire(outcome)).increment(times);
    }

    /** @param name for people @param phone E.164 or a short number */
    public record Contact(String name, String phone) { }

    /**
     * Has the force's desk texted, once for each item, where the unit of the case is closed now.
     *
     * @param c    of a transaction of a worker of the force, the one that opens the item
     * @param item of the queue, which somebody has to take on now; about this case
     * @return who answers now, for the words of the item; empty while the unit is open
     */
    public Optional<Contact> alert(Connection c, UUID force, UUID caseId, UUID item) {
        return alert(c, force, caseId, item, key(item));
    }

    /**
     * The same, once a round: for what has to wake somebody again while nobody does anything about it.
     *
     * @param round counted by the caller, from the moment on from which it waits
     */
    public Optional<Contact> alert(Connection c, UUID force, UUID caseId, UUID item, long round) {
        return alert(c, force, caseId, item, key(item) + "::" + round);
    }

    /** The same once more: whoever had taken it on, so that nobody was woken, has let it go. */
    void again(Connection c, UUID force, UUID caseId, UUID item) {
        alert(c, force, caseId, item, key(item) + ':' + clock.instant().getEpochSecond());
    }

    private Optional<Contact> alert(Connection c, UUID force, UUID caseId, UUID item, String once) {
        return desk(c, force, caseId).map(desk -> {
            Instant now = clock.instant();
            if (desk.text() == null) {
                workItems.waits(c, item).filter(w -> unreached(c, desk, item, w, "no_number")).ifPresent(w -> count(Outcome.NO_NUMBER, 1));
            } else if (outbox.enqueue(c, new NewMessage(force, force, MESSAGE_CLASS, MESSAGE_CLASS, Map.of(), once, item, now,
                    now.plus(WORTH))) instanceof Enqueued.Added) {
                count(Outcome.ASKED, 1);
            }
            return new Contact(desk.name(), desk.phone());
        });
    }

    /** Nobody has to be woken for it any more. @param c as {@link #alert} */
    public void over(Connection c, UUID item) {
        workItems.settle(c, key(item));
    }

    private Optional<Desk> desk(Connection c, UUID force, UUID caseId) {
        Office office = offices.of(c, force, units.of(c, caseId).orElse(null));
        return office.hours().open(clock.instant()) ? Optional.empty() : Optional.ofNullable(office.outOfHours());
    }

    private static String key(UUID item) {
        return "out_of_hours:" + item;
    }

    /** It leaves also where the unit has opened meanwhile: nobody may have looked. */
    @Override
    public Decision decide(UUID force, UUID item) {
        return acting.as(new Caller.Worker(force), c -> {
            if (workItems.waits(c, item).filter(this::wakes).isEmpty()) {
                return new Decision.Cancel("somebody_is_at_it");
            }
            Desk desk = offices.of(c, force, null).outOfHours();
            return desk == null || desk.text() == null ? new Decision.Withhold("no_number")
                : new Decision.Send(Channel.SMS, desk.text(), desk.language(), "plain");
        });
    }

    /**
     * Whoever has claimed what does not feel safe rings them, or loses the claim soon. What sounds like danger only an acknowledgement ends:
     * who has claimed it and says nothing for so long may have gone to sleep. Calls in vain only a decision ends: nobody may ring before.
     */
    private boolean wakes(WorkItems.Waits item) {
        return !item.claimed() || Attempts.FAILED.equals(item.kind()) || DANGER.equals(item.kind())
            && !item.createdAt().plus(settings.time("danger.claimed_for")).isAfter(clock.instant());
    }

    @Override
    public void onApplicationEvent(MessageEnded event) {
        if (!MESSAGE_CLASS.equals(event.message().messageClass())) {
            return;
        }
        MessageState state = event.message().state();
        Outcome outcome = state == MessageState.DELIVERED ? Outcome.ARRIVED : state == MessageState.CANCELLED ? Outcome.NOT_NEEDED
            : Outcome.NOT_ARRIVED;
        count(outcome, 1);
        UUID item = event.message().subjectRef();
        if (outcome == Outcome.ARRIVED) {
            over(event.connection(), item); // given up, and there after all
        } else if (outcome == Outcome.NOT_ARRIVED) {
            Desk desk = offices.of(event.connection(), event.force(), null).outOfHours();
            workItems.waits(event.connection(), item).filter(w -> desk != null)
                .ifPresent(w -> unreached(event.connection(), desk, item, w, "text_not_arrived"));
        }
    }

    /** @return whether nobody was told so before */
    private boolean unreached(Connection c, Desk desk, UUID item, WorkItems.Waits about, String reason) {
        boolean first = workItems.open(c, new NewWorkItem(UNREACHED, key(item), about.caseId(), about.personId(), item, reason,
            settings.text("detail.out_of_hours_unreached").replace("{name}", desk.name()).replace("{phone}", desk.phone()),
            clock.instant()));
        workItems.escalate(c, key(item));
        return first;
    }
}
