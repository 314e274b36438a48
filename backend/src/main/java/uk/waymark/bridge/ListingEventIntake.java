package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import uk.waymark.cases.CaseOfUrn;
import uk.waymark.cases.Cases;
import uk.waymark.feeds.Feeds;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sources;

/**
 * Takes events of courts' listing in, each in a transaction of its own: one that is refused never stops the others. What became
 * of a case's date is decided by what was said of it before, so an event that comes twice does nothing.
 */
@Singleton
final class ListingEventIntake {
    private static final int MOST_EVENTS = 1000;
    private final List<ListingEventFormat> formats;
    private final ReportedDates dates;
    private final Cases cases;
    private final Quarantine quarantine;
    private final ActingAs acting;
    private final Audit audit;
    private final Feeds feeds;
    private final CaseClock clock;

    ListingEventIntake(List<ListingEventFormat> formats, ReportedDates dates, Cases cases, Quarantine quarantine, ActingAs acting,
                       Audit audit, Feeds feeds, CaseClock clock) {
        this.formats = formats;
        this.dates = dates;
        this.cases = cases;
        this.quarantine = quarantine;
        this.acting = acting;
        this.audit = audit;
        this.feeds = feeds;
        this.clock = clock;
    }

    /** What became of one event; nulls are left out of the answer. */
    record Result(String hearingId, String status, int cases, String reason, String detail, List<ListingEvent.NotTaken> notTaken) {
        static Result refused(ListingEvent event, String reason, String detail) {
            return new Result(event == null ? null : event.hearingId(), "refused", 0, reason, detail,
                event == null || event.notTaken().isEmpty() ? null : event.notTaken());
        }

        boolean isRefused() {
            return "refused".equals(status);
        }
    }

    List<Result> take(Caller.System caller, byte[] body) {
        var results = new ArrayList<Result>();
        for (JsonNode node : events(body)) {
            ListingEvent event = formats.stream().flatMap(f -> f.read(node).stream()).findFirst().orElse(null);
            Result result = event == null ? Result.refused(null, "unknown_event", "It has the shape of no listing event that is known. See /docs.")
                : EventIntake.retrying(() -> acting.as(caller, (Connection c) -> take(c, caller, event, false)));
            if (result.isRefused() && event != null) {
                quarantine.keep(caller, Sources.LISTING_EVENTS, event.kept(), kept(result));
            }
            results.add(result);
        }
        if (results.stream().anyMatch(r -> !r.isRefused())) {
            feeds.heard(caller, Sources.LISTING_EVENTS);
        }
        return results;
    }

    /** Brings a refused event back; nobody is told by it. */
    EventIntake.Result replay(Connection c, Caller caller, JsonNode node) {
        ListingEvent event = formats.stream().flatMap(f -> f.read(node).stream()).findFirst().orElseThrow();
        Result result = take(c, caller, event, true);
        return result.isRefused() ? kept(result)
            : new EventIntake.Result(String.valueOf(event.hearingId()), result.status(), null, null, null, null, null);
    }

    private static EventIntake.Result kept(Result result) {
        return EventIntake.Result.refused(result.hearingId() == null ? "" : result.hearingId(), result.reason(), result.detail());
    }

    private List<JsonNode> events(byte[] body) {
        JsonNode root = PostedJson.object(body, "Nothing was taken in; mend it and send it again whole.");
        if (!root.has("events")) {
            if (formats.stream().allMatch(f -> f.read(root).isEmpty())) {
                throw ProblemException.unprocessable("", "has the shape of no listing event that is known, and is no object {events}. See /docs.");
            }
            return List.of(root);
        }
        JsonNode events = root.path("events");
        if (!events.isArray() || events.isEmpty() || events.size() > MOST_EVENTS) {
            throw ProblemException.unprocessable("/events", "holds 1 to " + MOST_EVENTS + " events; send more in further batches");
        }
        var list = new ArrayList<JsonNode>();
        events.forEach(list::add);
        return list;
    }

    private Result take(Connection c, Caller caller, ListingEvent event, boolean replay) {
        UUID force = caller.requireForce();
        if (event.nameless()) {
            return Result.refused(event, "no_hearing", "It names no hearing by an id that can be used.");
        }
        // in one order, so that two events of the same cases queue up
        var concerned = new TreeSet<UUID>(dates.casesOf(c, force, Sources.LISTING_EVENTS, event.hearingId()));
        cases.ofUrns(c, event.urnKeys()).stream().map(CaseOfUrn::caseId).forEach(concerned::add);
        if (concerned.isEmpty()) {
            return Result.refused(event, event.urnKeys().isEmpty() ? "unknown_hearing" : "unknown_urn", event.urnKeys().isEmpty()
                ? "It names no case, and no event before it told of this hearing. Send the event that lists it first."
                : "No case of this force has any of its URNs. Report urn_assigned first and send the event again.");
        }
        boolean news = false;
        for (UUID caseId : concerned) {
            news |= dates.take(c, force, caseId, Sources.LISTING_EVENTS, event.hearingId(), before -> report(event, before), replay);
        }
        audit.record(c, caller, "listing_events_received", null, null);
        return new Result(event.hearingId(), news ? "accepted" : "duplicate", concerned.size(), null, null,
            event.notTaken().isEmpty() ? null : event.notTaken());
    }

    /** Of several days the first that is not over: a trial of two weeks is one date, and moves on as its days pass or are cancelled. */
    private ReportedDate report(ListingEvent event, ReportedDate.Said before) {
        String kind = event.restricted() && before.data().has("kind") ? "other" : event.kind();
        if (event.vacated()) {
            When was = event.days() == null || event.days().isEmpty() ? null : When.at(event.days().getFirst());
            return new ReportedDate(event.hearingId(), null, before.timed() ? null : was, null, null, null, event.quiet(), true);
        }
        if (event.days() == null || event.days().isEmpty() && (before.days().isEmpty() || before.vacated())) {
            // nothing of days, nothing that can be read, or a day called off where only the week was known or all of it is off: what was
            // said before stands
            When week = before.days().isEmpty() ? event.weekOf() : null;
            // a room, or an event of before that comes once more, brings nothing back that is off; and it tells nobody that it is
            boolean off = before.vacated() && (week == null || before.inWeekOf(week.weekOf()));
            return new ReportedDate(event.hearingId(), kind, week, event.court(), null, null, off ? before.quiet() : event.quiet(), off);
        }
        List<Instant> named = event.days().isEmpty() ? before.days().stream().map(Instant::parse).toList() : event.days();
        List<Instant> sits = named.stream().filter(d -> event.cancelled().stream().noneMatch(x -> sameDay(x, d))).sorted().toList();
        List<String> days = sits.stream().map(Instant::toString).toList();
        if (sits.isEmpty()) {
            return new ReportedDate(event.hearingId(), null, null, null, null, days, event.quiet(), true);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), When.UK);
        Instant next = sits.stream().filter(d -> !LocalDate.ofInstant(d, When.UK).isBefore(today)).findFirst().orElse(sits.getLast());
        // as long as the day that was said is one of its days and it goes on as planned, that day stays: going on is no news
        boolean goesOn = sits.stream().map(When::at).anyMatch(w -> says(before, w)) && before.days().equals(days);
        return new ReportedDate(event.hearingId(), kind, goesOn ? null : When.at(next), event.court(), null, days, event.quiet(), false);
    }

    private static boolean sameDay(Instant one, Instant other) {
        return LocalDate.ofInstant(one, When.UK).equals(LocalDate.ofInstant(other, When.UK));
    }

    private static boolean says(ReportedDate.Said before, When when) {
        return Stream.of(when.startsAt(), when.on()).anyMatch(w -> w != null
            && (w.toString().equals(before.data().path("starts_at").asText()) || w.toString().equals(before.data().path("starts_on").asText())));
    }
}
