package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.WorkingDays;
import uk.waymark.statements.Drafts.Draft;
import uk.waymark.statements.SignedStatements.Held;

/**
 * Signs a draft: from then on it is what it was at that moment. What follows from it (the force's parcel, staff's work) is in the
 * same transaction.
 */
@Singleton
final class Signing {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;
    private final ActingAs acting;
    private final MyStatements mine;
    private final SignedStatements signed;
    private final PeopleInCase people;
    private final Onward onward;
    private final StatementWords words;
    private final Audit audit;
    private final CaseClock clock;
    private final MachineClock machine;

    Signing(ActingAs acting, MyStatements mine, SignedStatements signed, PeopleInCase people, Onward onward, StatementWords words,
            Audit audit, CaseClock clock, MachineClock machine) {
        this.acting = acting;
        this.mine = mine;
        this.signed = signed;
        this.people = people;
        this.onward = onward;
        this.words = words;
        this.audit = audit;
        this.clock = clock;
        this.machine = machine;
    }

    /** @param name with which it is signed, or null for the one that is known; @param readBy who read it to the maker, or null */
    record Wish(boolean declared, String readAloud, String name, String readBy) { }

    /** @throws ProblemException 404; 409 where it is signed or too late; 422; @throws SignInRefused 401; @throws DraftChanged 412 */
    MyStatements.Found sign(Caller.Person person, UUID id, Wish wish, String ifMatch, String acceptLanguage) {
        return acting.as(person, c -> {
            String language = MyStatements.language(c, acceptLanguage);
            Draft draft = mine.draft(c, id, language).draft();
            if (person.authTime().isBefore(machine.instant().minus(SignInRefused.FRESH))) {
                throw SignInRefused.tooLongAgo();
            }
            mine.checkMayWrite(draft, language);
            mine.checkNotOver(c, draft.caseId(), language);
            // of two that sign at once the second finds no draft
            Held held = SignedStatements.hold(c, id, draft.person()).orElseThrow(() -> mine.signedAlready(language));
            Draft last = mine.draft(c, id, language).draft();
            if (ifMatch != null && !MyStatements.names(ifMatch, last)) {
                throw new DraftChanged(last, language, true);
            }
            check(last.words(), wish);
            SignedContent content = content(c, last, held, wish, language);
            acting.goOn(c, person);
            String state = signed.sign(c, held, content).orElseThrow(() -> mine.signedAlready(language));
            audit.record(c, person, "statement_signed", last.caseId(), last.person());
            acting.goOn(c, new Caller.Worker(last.force()));
            onward.signed(c, content, state);
            acting.goOn(c, person);
            return new MyStatements.Found(null, signed.one(c, id).orElseThrow(), language);
        });
    }

    /** Goes on as a worker of the force, who may know for whom the person acts. */
    private SignedContent content(Connection c, Draft draft, Held held, Wish wish, String language) {
        Optional<UUID> before = SignedStatements.latest(c, draft.caseId(), draft.person());
        acting.goOn(c, new Caller.Worker(draft.force()));
        PeopleInCase.Part part = people.part(c, draft.caseId(), draft.person()).orElseThrow(ProblemException::notFound);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SignedContent.Maker maker = Makers.maker(part, draft.words(), LocalDate.ofInstant(now, WorkingDays.LONDON));
        String kind = Makers.kind(part.role());
        if (kind.equals(SignedContent.BUSINESS) && (maker.organisation() == null || maker.authority() == null)) {
            throw ProblemException.unprocessable(maker.authority() == null ? "/authority" : "/organisation", "Save in the draft which "
                + "business it is and by what right you sign for it, such as your post, and sign it then.");
        }
        String name = wish.name() != null ? wish.name() : maker.name();
        if (name.isBlank()) {
            throw ProblemException.unprocessable("/name", "Type the name that you sign with.");
        }
        String in = declaredIn(draft.words().language(), language);
        List<SignedContent.Asked> asked = draft.words().answers().stream()
            .map(a -> new SignedContent.Asked(a.question(), words.of(in, "question." + a.question()))).toList();
        var signing = new SignedContent.Signing(words.of(in, "declaration"), in, in.equals("en") ? null : words.of("en", "declaration"),
            asked, wish.readAloud(), name, wish.readBy());
        return new SignedContent(draft.id(), draft.force(), draft.caseId(), draft.person(), held.number() + 1,
            SignedContent.hex(held.hash()), salt(), now, SignedContent.APP, kind, maker, draft.words().signed(), signing, null,
            before.orElse(null));
    }

    /** In Welsh for a Welsh statement; of another language, in the one in which the person read it before they signed. */
    private static String declaredIn(String written, String shown) {
        return switch (written.toLowerCase(java.util.Locale.ROOT).split("-")[0]) {
            case "cy" -> "cy";
            case "en" -> "en";
            default -> shown;
        };
    }

    static String salt() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    private static void check(DraftWords typed, Wish wish) {
        if (!wish.declared()) {
            throw ProblemException.unprocessable("/declaration", "A statement is signed with the declaration. Read it, and agree to it "
                + "if it is so.");
        }
        if (typed.blank()) {
            throw ProblemException.unprocessable("/text", "There is nothing in this statement yet. Write it first.");
        }
    }
}
