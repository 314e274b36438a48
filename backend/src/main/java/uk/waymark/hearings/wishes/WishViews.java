package uk.waymark.hearings.wishes;

import io.micronaut.http.HttpStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.DaysToAvoid;
import uk.waymark.api.model.InterpreterNeeded;
import uk.waymark.api.model.NeedsRequest;
import uk.waymark.hearings.wishes.CourtWishes.Needs;
import uk.waymark.hearings.wishes.CourtWishes.Span;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;

/** Days to avoid and needs on their way in and out. */
final class WishViews {
    private static final int LONGEST_DAYS = 366;

    private WishViews() { }

    /** @throws ProblemException 422 for what ends before it begins or is longer than a year, each named */
    static List<Span> spans(List<DaysToAvoid> days) {
        var wrong = new ArrayList<Map.Entry<String, String>>();
        var spans = new ArrayList<Span>();
        for (int i = 0; i < days.size(); i++) {
            DaysToAvoid d = days.get(i);
            String at = "/dates_to_avoid/" + i + "/to";
            if (d.getTo().isBefore(d.getFrom())) {
                wrong.add(new SimpleEntry<>(at, "This ends before it begins."));
            } else if (d.getFrom().plusDays(LONGEST_DAYS).isBefore(d.getTo())) {
                wrong.add(new SimpleEntry<>(at, "This is longer than a year."));
            }
            spans.add(new Span(d.getFrom(), d.getTo(), d.getReason()));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.unprocessable("Correct the days named in errors and send all of them again.", wrong);
        }
        return List.copyOf(spans);
    }

    static List<DaysToAvoid> days(List<Span> spans) {
        return spans.stream().map(s -> new DaysToAvoid(s.from(), s.to()).reason(s.reason())).toList();
    }

    static Needs needs(NeedsRequest n) {
        return new Needs(Boolean.TRUE.equals(n.getScreens()), Boolean.TRUE.equals(n.getLiveLink()),
            n.getInterpreter() == null ? null : n.getInterpreter().getLanguage(), Boolean.TRUE.equals(n.getSeparateWaiting()),
            Boolean.TRUE.equals(n.getExpenses()), Boolean.TRUE.equals(n.getVisitBefore()), n.getOther());
    }

    static NeedsRequest needs(Needs n) {
        var shown = new NeedsRequest();
        shown.setScreens(n.screens());
        shown.setLiveLink(n.liveLink());
        shown.setInterpreter(interpreter(n));
        shown.setSeparateWaiting(n.separateWaiting());
        shown.setExpenses(n.expenses());
        shown.setVisitBefore(n.visitBefore());
        shown.setOther(n.other());
        return shown;
    }

    static InterpreterNeeded interpreter(Needs n) {
        return n.interpreter() == null ? null : new InterpreterNeeded(n.interpreter());
    }

    /** @param ifMatch or null @throws ProblemException 412, 428 */
    static void checkRead(String ifMatch, String tag) {
        if (ifMatch == null) {
            throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                "Read it first, and send its ETag as If-Match.");
        }
        if (!ETags.matches(ifMatch, tag)) {
            throw changed();
        }
    }

    static ProblemException changed() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "It has changed",
            "Somebody has changed this since you read it. Read it again and repeat your change.");
    }

    static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
