package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
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
     * Has staff find out whose word it is that came from a phone before. A flag may come, go and come again: what was asked of one
     * is asked of the next, where the word still counts for nothing and nobody is at it.
     *
     * @param eventId with which the case was flagged, or somebody came into it
     * @param persons of the case, which is flagged
     */
    public void askOfFlag(Connection c, UUID caseId, UUID eventId, List<UUID> persons) {
        choices.of(c, persons.toArray(UUID[]::new)).forEach((person, chosen) -> {
            if (lost(chosen)) {
                askWhose(c, caseId, person, "flag:" + eventId);
            }
        });
    }

    /**
     * The same, once, of those whose word was put down while it was not kept by whom, and of who came to share a number with somebody
     * in a flagged case: no event of a case of theirs asks.
     */
    void askOfOlder(Connection c, Map<UUID, ContactChoices> some) {
        UUID[] lost = some.entrySet().stream().filter(one -> lost(one.getValue())).map(Map.Entry::getKey).toArray(UUID[]::new);
        if (lost.length > 0) {
            Sql.list(c, """
                select id from waymark.person
                 where id = any (?) and (safety or waymark.gate_flagged_together(id)) and not deceased and merged_into is null order by id""",
                r -> Sql.uuid(r, "id"), (Object) lost).forEach(person -> askWhose(c, null, person, "older"));
        }
    }

    /** Whether in a flagged case there is a word that does not count, and none that does. */
    private static boolean lost(ContactChoices chosen) {
        ContactChoices flagged = chosen.inFlaggedCase();
        return flagged.word() == null && flagged.wordToConfirm() != null;
    }

    private void askWhose(Connection c, UUID caseId, UUID person, String why) {
        if (!workItems.anyOpen(c, KIND, person)) {
            workItems.open(c, new NewWorkItem(KIND, KIND + ':' + person + ':' + why, caseId, person, null, "flag_came",
                EndedMessages.reason("word_flag_came"), dueTimes.channelToConfirm(clock.instant())));
        }
    }

    /** Staff have put a word down, or taken it back. */
    public void settle(Connection c, UUID person) {
        workItems.settleKind(c, KIND, new UUID[] {person});
    }
}
