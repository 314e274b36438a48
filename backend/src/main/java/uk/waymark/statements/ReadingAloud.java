package uk.waymark.statements;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.SignInRefused;
import uk.waymark.statements.SignedStatements.Signed;

/**
 * Who is to read a signed statement aloud. It is a wish and no part of what was signed, so its person may change it until everybody is
 * sentenced, and the chain knows nothing of it.
 */
@Singleton
final class ReadingAloud {
    private final ActingAs acting;
    private final MyStatements mine;
    private final SignedStatements signed;
    private final Onward onward;
    private final Audit audit;
    private final CaseClock clock;
    private final MachineClock machine;

    ReadingAloud(ActingAs acting, MyStatements mine, SignedStatements signed, Onward onward, Audit audit, CaseClock clock,
                 MachineClock machine) {
        this.acting = acting;
        this.mine = mine;
        this.signed = signed;
        this.onward = onward;
        this.audit = audit;
        this.clock = clock;
        this.machine = machine;
    }

    /**
     * @param choice of the contract's {@code ReadAloud}
     * @throws ProblemException 404; 409 for a draft, for what is kept elsewhere, and once everybody is sentenced; 412, 428
     * @throws SignInRefused 401 where the last sign-in is more than five minutes ago
     */
    MyStatements.Found change(Caller.Person person, UUID id, String choice, String ifMatch, String acceptLanguage) {
        return acting.as(person, c -> {
            MyStatements.Found found = mine.found(c, id, MyStatements.language(c, acceptLanguage));
            if (person.authTime().isBefore(machine.instant().minus(SignInRefused.FRESH))) {
                throw SignInRefused.tooLongAgo();
            }
            check(c, found, ifMatch);
            Signed read = found.signed();
            // what is theirs after all has to go out, though the phone has shown it all along
            if (!choice.equals(read.readAloud()) || read.disowned()) {
                change(c, person, read, choice);
            }
            return new MyStatements.Found(null, signed.one(c, id).orElseThrow(), found.language());
        });
    }

    private void check(Connection c, MyStatements.Found found, String ifMatch) {
        if (found.draft() != null) {
            throw ProblemException.conflict("not-signed", "It is not signed yet", "Say who is to read it aloud when you sign it.");
        }
        if (!found.signed().here()) {
            throw ProblemException.conflict("kept-elsewhere", "It is kept elsewhere",
                "Tell whoever looks after you who is to read it aloud.");
        }
        mine.checkNotOver(c, found.signed().caseId(), found.language());
        if (ifMatch == null) {
            throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                "Read it first, and send its ETag as If-Match.");
        }
        if (!ETags.matches(ifMatch, found.tag())) {
            throw changed();
        }
    }

    private void change(Connection c, Caller.Person person, Signed read, String choice) {
        Instant now = clock.instant();
        if (!SignedStatements.changeReadAloud(c, read, choice, now)) {
            throw changed();
        }
        audit.record(c, person, "statement_read_aloud_changed", read.caseId(), read.person());
        acting.goOn(c, new Caller.Worker(read.force()));
        boolean flagged = SignedStatements.flagged(c, read.id());
        if (!flagged) {
            SignedStatements.sureOfReadAloud(c, read.id());
        }
        onward.readAloud(c, signed.one(c, read.id()).orElseThrow(), now, flagged);
        acting.goOn(c, person);
    }

    private static ProblemException changed() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "It has changed",
            "It was changed since you read it. Read it again and repeat your change.");
    }
}
