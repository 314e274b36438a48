package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** In a case with a safety flag, a word for calls that came from a phone counts only once staff have put it down. */
@Singleton
public final class WordsToConfirm {
    private static final String KIND = "word_to_confirm";
    private final ContactChoicesStore choices;
    private final WorkItems workItems;
    private final DueTimes dueTimes;
    private final Ids ids;
    private final CaseClock clock;

    WordsToConfirm(ContactChoicesStore choices, WorkItems workItems, DueTimes dueTimes, Ids ids, CaseClock clock) {
        this.choices = choices;
        this.workItems = workItems;
        this.dueTimes = dueTimes;
        this.ids = ids;
        this.clock = clock;
    }

    /** Has staff find out, in place of what they were to find out before. @param c of a transaction of a worker */
    public void ask(Connection c, UUID person) {
        settle(c, person);
        Instant now = clock.instant();
        workItems.open(c, new NewWorkItem(KIND, KIND + ':' + person + ':' + ids.next(), null, person, null, "word_entered",
            EndedMessages.reason(KIND), dueTimes.channelToConfirm(now)));
    }

    /**
     * Has staff find out, once for each case that gets a flag, whose word it is that came from a phone before.
     *
     * @param persons of the case, which is flagged
     */
    public void askOfFlag(Connection c, UUID caseId, List<UUID> persons) {
        Instant now = clock.instant();
        choices.of(c, persons.toArray(UUID[]::new)).forEach((person, chosen) -> {
            if (chosen.word() != null && chosen.inFlaggedCase().word() == null) {
                workItems.open(c, new NewWorkItem(KIND, KIND + ':' + person + ":flag:" + caseId, caseId, person, null, "flag_came",
                    EndedMessages.reason("word_flag_came"), dueTimes.channelToConfirm(now)));
            }
        });
    }

    /** Staff have put a word down, or taken it back. */
    public void settle(Connection c, UUID person) {
        workItems.settleKind(c, KIND, new UUID[] {person});
    }
}
