package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who has said, and it is confirmed, that they cannot come: nobody tells them to come all the same but a person who rings. */
@Singleton
public final class CannotCome {
    private final HearingAnswers answers;

    CannotCome(HearingAnswers answers) {
        this.answers = answers;
    }

    /** @param version of the court date that was answered about */
    public record Said(UUID person, UUID hearing, int version) { }

    /** @param c of a transaction that acts for the force */
    public Set<Said> of(Connection c, Collection<UUID> hearings) {
        return answers.counting(c, hearings).stream().filter(a -> a.answer() == HearingAnswers.Answer.CANNOT && a.confirmed())
            .map(a -> new Said(a.person(), a.hearing(), a.version())).collect(Collectors.toSet());
    }
}
