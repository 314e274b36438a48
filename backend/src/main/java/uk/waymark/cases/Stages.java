package uk.waymark.cases;

import java.util.HashSet;
import java.util.List;

/**
 * The stage of a case: the furthest that any suspect has reached. A case is closed when the force closed it, or settled it
 * out of court, before anyone was charged; or when the prosecution of everyone charged was stopped.
 */
final class Stages {
    private static final List<String> BY_RANK =
        List.of("reported", "investigation", "charged", "court", "outcome", "sentenced", "appeal");

    private Stages() { }

    static String of(List<Event> standing) {
        int rank = 0;
        boolean closed = false;
        var charged = new HashSet<String>();
        var stopped = new HashSet<String>();
        boolean hearing = false;
        for (Event e : standing) {
            rank = Math.max(rank, e.type().rank());
            hearing |= e.type() == EventType.HEARING_LISTED || e.type() == EventType.HEARING_CHANGED;
            closed = switch (e.type()) {
                case INVESTIGATION_CLOSED, OUT_OF_COURT_DISPOSAL -> true;
                // it goes on after all
                case SUSPECT_ARRESTED, SUSPECT_INTERVIEWED, SUSPECT_BAILED -> false;
                default -> closed;
            };
            String suspect = e.subject().orElse("");
            if (e.type() == EventType.PROSECUTION_STOPPED) {
                stopped.add(suspect);
            } else if (e.type().rank() >= 2) {
                charged.add(suspect);
                stopped.remove(suspect);
            }
        }
        if (rank < 2 && closed || !stopped.isEmpty() && rank < 4 && stopped.containsAll(charged)) {
            return "closed";
        }
        if (hearing && rank < 3) {
            rank = 3;
        }
        return BY_RANK.get(rank);
    }
}
