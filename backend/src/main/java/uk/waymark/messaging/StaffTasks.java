package uk.waymark.messaging;

import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Lookup;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.Sender;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Staff as a provider: what they have to ring or to post is an item in the work queue of their force, one an attempt, and
 * what they record as its outcome is the receipt ({@link StaffReceipts}).
 */
final class StaffTasks implements Sender, Lookup {
    static final String PROVIDER = "staff";
    static final String CALL = "call_to_make";
    static final String LETTER = "letter_to_post";
    static final Set<String> KINDS = Set.of(CALL, LETTER, CallFirst.KIND);
    private static final String BUSY = "work_queue_busy";
    /** As long as for a connection; what waited for longer is tried again later. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(StaffTasks.class);

    private final Channel channel;
    private final ActingAs acting;
    private final WorkItems workItems;
    private final DueTimes dueTimes;
    private final CallFirst callFirst;
    private final CaseClock clock;
    private final Semaphore places;
    private final Briefing briefing;
    private final DataFile reasons = DataFile.of("/messages/reasons.properties");

    /**
     * @param channel {@code CALL} or {@code LETTER}
     * @param places  how many items may be opened side by side: the application's connections are for people, and the
     *                dispatcher has many attempts under way
     * @param briefing what to know of the person before
     */
    StaffTasks(Channel channel, ActingAs acting, WorkItems workItems, DueTimes dueTimes, CallFirst callFirst,
               CaseClock clock, Semaphore places, Briefing briefing) {
        this.briefing = briefing;
        this.channel = channel;
        this.acting = acting;
        this.workItems = workItems;
        this.dueTimes = dueTimes;
        this.callFirst = callFirst;
        this.clock = clock;
        this.places = places;
    }

    /** @param caseId or null */
    private record Matter(UUID caseId, boolean flagged) { }

    /** The attempt that an item was opened for. */
    static UUID attemptOf(Connection c, UUID item) {
        return Sql.one(c, "select dedupe_key from waymark.work_item where id = ?", r -> r.getString("dedupe_key"), item)
            .map(key -> UUID.fromString(key.substring(key.indexOf(':') + 1))).orElseThrow();
    }

    private static String key(UUID attempt) {
        return "attempt:" + attempt;
    }

    /** What staff have to do is in their queue until they record it: that no word of it comes is for the queue to show. */
    @Override
    public boolean chased() {
        return false;
    }

    @Override
    public SendOutcome send(SendRequest request) {
        if (!entered()) {
            return new SendOutcome.Unavailable(BUSY);
        }
        try {
            return open(request);
        } finally {
            places.release();
        }
    }

    private boolean entered() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private SendOutcome open(SendRequest request) {
        try {
            UUID item = acting.as(new Caller.Worker(request.tenant()), c -> {
                workItems.open(c, item(c, request));
                return workItems.idOf(c, key(request.attemptId())).orElseThrow();
            });
            return new SendOutcome.Accepted(PROVIDER, request.tenant().toString(), item.toString());
        } catch (RuntimeException e) {
            if (neverConnected(e)) {
                return new SendOutcome.Unavailable(BUSY);
            }
            // it may have been committed all the same: looking for it tells
            LOG.error("opening an item for attempt {} failed with {}", request.attemptId(), e.getClass().getName());
            return new SendOutcome.Unknown("work_queue_failed");
        }
    }

    /** Only the pool throws this, before there is a transaction. */
    private static boolean neverConnected(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20)
            .anyMatch(SQLTransientConnectionException.class::isInstance);
    }

    private NewWorkItem item(Connection c, SendRequest request) {
        SendRequest.About about = request.about();
        Matter matter = matter(c, about);
        Instant now = clock.instant();
        boolean call = channel == Channel.CALL;
        if (call && callFirst.first(c, about.subjectRef(), matter.flagged())) {
            return new NewWorkItem(CallFirst.KIND, key(request.attemptId()), matter.caseId(), about.recipientRef(),
                about.messageId(), CallFirst.KIND, callFirst.briefing(c, about.recipientRef()) + "\n\n" + request.address() + "\n\n"
                + request.text() + briefing.of(c, about.recipientRef(), true), callFirst.due(now));
        }
        String reason = call ? "call_wanted" : "letter_wanted";
        String detail = reasons.text(reason) + "\n\n" + request.address() + "\n\n" + request.text()
            + briefing.of(c, about.recipientRef(), call);
        return new NewWorkItem(call ? CALL : LETTER, key(request.attemptId()), matter.caseId(), about.recipientRef(),
            about.messageId(), reason, detail, call ? dueTimes.call(now, matter.flagged()) : dueTimes.letter(now));
    }

    private static Matter matter(Connection c, SendRequest.About about) {
        return Sql.one(c, """
            select cf.id as case_id, p.safety or coalesce(cf.safety, false) or coalesce(shared.safety, false) as flagged
              from waymark.person p
              left join waymark.gate_delivery(array[p.id]) shared on true
              left join waymark.case_file cf on cf.id = waymark.case_of_subject(?::uuid, p.id)
             where p.id = ?""",
            r -> new Matter(Sql.uuid(r, "case_id"), r.getBoolean("flagged")), about.subjectRef(), about.recipientRef())
            .orElse(new Matter(null, true));
    }

    @Override
    public Lookup.Answer ask(Asked attempt) {
        try {
            return acting.as(new Caller.Worker(attempt.tenant()), c -> workItems.idOf(c, key(attempt.attemptId())))
                .<Lookup.Answer>map(item -> new Answer.Taken(new Receipt(PROVIDER, attempt.tenant().toString(),
                    item.toString(), attempt.attemptId(), Receipt.Status.INTERMEDIATE, "open", clock.instant())))
                .orElseGet(Answer.NotThere::new);
        } catch (RuntimeException e) {
            return new Answer.Undecided("work_queue_failed");
        }
    }
}
