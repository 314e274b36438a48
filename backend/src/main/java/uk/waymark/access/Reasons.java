package uk.waymark.access;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.ReadReasons;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.Tasks;

/**
 * Why staff read (Data Protection Act 2018, section 62): what the request says, or the task that this member has claimed
 * about the case or the person. Without either the read is noted as {@code none_given}, or refused where the force wants
 * it so. A task is the reason of reading about its own people and cases, and for some hours after it was completed.
 */
@Singleton
final class Reasons implements ReadReasons {
    static final String NONE_GIVEN = "none_given";
    private static final String WORDS = "access_reason.words";
    private static final String ASKED = "waymark.read-reason";
    private final Tasks tasks;
    private final UnusualReading unusual;
    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;
    private final Duration taskHolds;

    /** What is found out once a request: its headers, as noted, and what its force wants. */
    private record Asked(Reason said, boolean required) { }

    /** @param taskHolds for how long after its completion a task is still a reason */
    Reasons(Tasks tasks, UnusualReading unusual, Sealing sealing, Ids ids, CaseClock clock,
            @Value("${waymark.reading.task-holds:PT4H}") Duration taskHolds) {
        this.clock = clock;
        this.taskHolds = taskHolds;
        this.tasks = tasks;
        this.unusual = unusual;
        this.sealing = sealing;
        this.ids = ids;
    }

    @Override
    public Reason of(Connection c, Caller.Staff staff, String action, UUID caseId, UUID personId) {
        if (action.startsWith("queue_")) {
            return new Reason(ReasonHeaders.FROM_TASK, null, null);
        }
        Asked asked = asked(c, staff);
        if (asked.said() != null && holds(c, asked.said(), caseId, personId)) {
            return asked.said();
        }
        if (!reads(action)) {
            return Reason.NOT_ASKED;
        }
        if (asked.said() != null) {
            throw ProblemException.unprocessable('/' + ReasonHeaders.TASK,
                "This work item is about somebody else. Claim the one that you read this for, or give another reason.");
        }
        Optional<UUID> task = tasks.claimed(c, staff, caseId, personId);
        if (task.isPresent()) {
            return new Reason(ReasonHeaders.FROM_TASK, task.get(), null);
        }
        if (asked.required()) {
            throw ReasonHeaders.needed();
        }
        return new Reason(NONE_GIVEN, null, null);
    }

    /** What is about nobody shows nobody. */
    private boolean holds(Connection c, Reason said, UUID caseId, UUID personId) {
        return said.item() == null || caseId == null && personId == null || tasks.covers(c, said.item(), caseId, personId);
    }

    /** By what actions are called, so that one that is new is not forgotten. */
    static boolean reads(String action) {
        return action.endsWith("_read") || action.endsWith("_found") || action.endsWith("_searched");
    }

    @Override
    public void written(Connection c, Caller.Staff staff, String action, UUID personId) {
        if (personId != null) {
            unusual.count(c, staff, action);
        }
    }

    private Asked asked(Connection c, Caller.Staff staff) {
        Optional<HttpRequest<Object>> request = ServerRequestContext.currentRequest();
        Optional<Asked> before = request.flatMap(r -> r.getAttribute(ASKED, Asked.class));
        if (before.isPresent()) {
            return before.get();
        }
        ReasonHeaders headers = request.map(ReasonHeaders::of).orElseGet(() -> new ReasonHeaders(null, null, null));
        Reason said = headers.absent() ? null : said(c, staff, headers);
        Asked asked = Sql.one(c, "select read_reasons = 'required' as required from waymark.force where id = ?",
            r -> new Asked(said, r.getBoolean("required")), staff.force()).orElseThrow();
        request.ifPresent(r -> r.setAttribute(ASKED, asked));
        return asked;
    }

    private Reason said(Connection c, Caller.Staff staff, ReasonHeaders headers) {
        if (headers.task() != null && !tasks.isOf(c, staff, headers.task(), clock.instant().minus(taskHolds))) {
            throw ProblemException.unprocessable('/' + ReasonHeaders.TASK,
                "This is no work item of yours. Claim it first, or give another reason.");
        }
        return new Reason(headers.code(), headers.task(), headers.text() == null ? null : keepWords(c, staff, headers.text()));
    }

    private UUID keepWords(Connection c, Caller.Staff staff, String text) {
        UUID id = ids.next();
        Sql.run(c, "insert into waymark.access_reason (id, force_id, words) values (?, ?, ?)", id, staff.force(),
            sealing.sealText(WORDS, id, text));
        return id;
    }
}
