package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;

/**
 * Whether everybody in a case has been sentenced, by what whoever asks is shown of it: nobody learns of a sentence from what they
 * cannot do any more.
 */
@Singleton
public final class Sentencing {
    private static final String STOPPED = "prosecution_stopped";
    private static final String SENTENCED = "sentence";
    /** What is only ever told of somebody who has been charged. */
    private static final List<String> PROCEEDINGS = List.of("suspect_charged", "charges_changed", "plea_entered", "warrant_issued",
        "bail_hearing_outcome", "verdict", STOPPED, SENTENCED);
    private final CaseStore store;

    Sentencing(CaseStore store) {
        this.store = store;
    }

    /** @param suspect as numbered in the case, or null where nobody has said which one */
    record Step(Integer suspect, String kind) { }

    /** In a transaction of a person or of the force: each by what they see. */
    public boolean over(Connection c, UUID caseId) {
        return over(Sql.list(c, "select id, kind, body from waymark.timeline_entry where case_id = ? and kind = any(?) order by sort_key",
            r -> new Step(store.body(Sql.uuid(r, "id"), r.getBytes("body")).suspectNumber(), r.getString("kind")), caseId,
            PROCEEDINGS.toArray(String[]::new)));
    }

    /**
     * Somebody was sentenced, and of nobody who was charged is a sentence still to come: each was sentenced, or the prosecution of
     * them was stopped. What a verdict was is in the court's words alone, so whoever has one and no sentence may still get it.
     *
     * @param steps oldest first
     */
    static boolean over(List<Step> steps) {
        var done = new HashMap<Integer, Boolean>();
        boolean any = false;
        for (Step step : steps) {
            boolean sentenced = step.kind().equals(SENTENCED);
            any |= sentenced;
            // what is told of somebody later takes no sentence back, but another charge is another sentence to come
            done.merge(step.suspect() == null ? 0 : step.suspect(), sentenced || step.kind().equals(STOPPED),
                (before, now) -> now || before && !step.kind().equals("suspect_charged"));
        }
        return any && !done.containsValue(false);
    }
}
