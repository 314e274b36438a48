package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.staff.WorkItemCompleted;

/** Staff read a text that was held back: the case is folded again with their word, in the transaction that says so. */
@Singleton
final class TextDecisions implements ApplicationEventListener<WorkItemCompleted> {
    private final Cases cases;

    TextDecisions(Cases cases) {
        this.cases = cases;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if ("text_held".equals(done.kind()) && done.subjectId() != null) {
            cases.decideText(done.connection(), done.by().force(), done.subjectId(), "show_text".equals(done.outcome()),
                done.by().subject());
        }
    }
}
