package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import uk.waymark.api.model.ReadAloud;
import uk.waymark.api.model.StaffStatement;
import uk.waymark.api.model.Statement;
import uk.waymark.api.model.StatementAnswer;
import uk.waymark.api.model.StatementGuidance;
import uk.waymark.api.model.StatementKind;
import uk.waymark.api.model.StatementMedium;
import uk.waymark.api.model.StatementNotice;
import uk.waymark.api.model.StatementNoticeKind;
import uk.waymark.api.model.StatementPerson;
import uk.waymark.api.model.StatementQuestion;
import uk.waymark.api.model.StatementQuestionWords;
import uk.waymark.api.model.StatementRequest;
import uk.waymark.api.model.StatementState;
import uk.waymark.api.model.StatementSummary;
import uk.waymark.statements.Drafts.Draft;
import uk.waymark.statements.SignedStatements.Signed;

/** Statements on their way in and out. */
@Singleton
final class StatementViews {
    private static final String DRAFT = "draft";
    private final Notices notices;
    private final StatementWords words;

    StatementViews(Notices notices, StatementWords words) {
        this.notices = notices;
        this.words = words;
    }

    static DraftWords typed(StatementRequest wanted) {
        return new DraftWords(wanted.getText(), wanted.getLanguage(), wanted.getAnswers() == null ? List.of() : wanted.getAnswers().stream()
            .map(a -> new DraftWords.Answer(a.getQuestion().getValue(), a.getText())).toList(), wanted.getOrganisation(),
            wanted.getAuthority(), wanted.getAbout());
    }

    Statement any(MyStatements.Found found) {
        return found.draft() != null ? draft(found.draft(), found.language()) : signed(found.signed(), found.language());
    }

    Statement draft(Draft d, String language) {
        var shown = new Statement(d.id(), d.caseId(), StatementState.DRAFT, words.of(language, "state.draft"),
            StatementKind.fromValue(Makers.kind(d.role())),
            StatementMedium.APP, utc(d.touchedAt()));
        fill(shown, d.words());
        shown.setGoesAt(utc(goesAt(d)));
        shown.setGoesSoon(d.warnedAt() != null);
        shown.setNotices(notices.of(d.words()).stream().map(n -> new StatementNotice(StatementNoticeKind.fromValue(n.kind()), n.field(),
            n.from(), n.to(), words.of(language, "notice." + n.kind()))).toList());
        return shown;
    }

    Statement signed(Signed s, String language) {
        SignedContent content = s.content();
        var shown = new Statement(s.id(), s.caseId(), StatementState.fromValue(s.told()), words.of(language, "state." + s.told()),
            StatementKind.fromValue(content.kind()), StatementMedium.fromValue(s.medium()), utc(s.signedAt()));
        shown.setLanguage(content.language());
        shown.setSupplements(content.supplements());
        shown.setHash(SignedContent.hex(s.hash()));
        shown.setPassedOnAt(utc(s.passedOnAt()));
        if (content.words() != null) {
            fill(shown, content.words());
            shown.setSignedAt(utc(s.signedAt()));
            shown.setSignature(content.signing().signature());
            shown.setDeclaration(content.signing().declaration());
            shown.setReadAloud(ReadAloud.fromValue(s.readAloud()));
            shown.setReadToMakerBy(content.signing().readBy());
        } else {
            shown.setMadeAt(utc(content.kept().madeAt()));
            shown.setWhereKept(content.kept().where());
            shown.setTranslator(content.kept().translator());
        }
        return shown;
    }

    private static void fill(Statement shown, DraftWords typed) {
        shown.setText(typed.text());
        shown.setLanguage(typed.language());
        shown.setAnswers(typed.answers().isEmpty() ? null : typed.answers().stream()
            .map(a -> new StatementAnswer(StatementQuestion.fromValue(a.question()), a.text())).toList());
        shown.setOrganisation(typed.organisation());
        shown.setAuthority(typed.authority());
        shown.setAbout(typed.about());
    }

    /** Drafts and signed ones, the newest first. */
    List<StatementSummary> summaries(MyStatements.Known known) {
        return Stream.concat(known.drafts().stream().map(d -> draft(d, known)), known.signed().stream().map(s -> signed(s, known)))
            .sorted((a, b) -> {
                int byTime = b.getChangedAt().compareTo(a.getChangedAt());
                return byTime != 0 ? byTime : b.getId().compareTo(a.getId());
            }).toList();
    }

    private StatementSummary draft(Draft d, MyStatements.Known known) {
        var shown = new StatementSummary(d.id(), d.caseId(), StatementState.DRAFT, words.of(known.language(), "state." + DRAFT),
            StatementKind.fromValue(Makers.kind(d.role())), StatementMedium.APP, utc(d.touchedAt()));
        shown.setLanguage(d.words().language());
        shown.setGoesAt(utc(goesAt(d)));
        shown.setGoesSoon(d.warnedAt() != null);
        return shown;
    }

    private StatementSummary signed(Signed s, MyStatements.Known known) {
        var shown = new StatementSummary(s.id(), s.caseId(), StatementState.fromValue(s.told()),
            words.of(known.language(), "state." + s.told()), StatementKind.fromValue(s.content().kind()),
            StatementMedium.fromValue(s.medium()), utc(s.signedAt()));
        shown.setLanguage(s.content().language());
        shown.setSignedAt(s.here() ? utc(s.signedAt()) : null);
        shown.setSupplements(s.content().supplements());
        shown.setPassedOnAt(utc(s.passedOnAt()));
        return shown;
    }

    /** A draft that its person was not warned of goes no sooner than it can be shown to them for long enough. */
    private Instant goesAt(Draft d) {
        Instant untouched = d.touchedAt().plus(words.time("purge.untouched"));
        Instant shown = d.warnedAt() == null ? untouched : d.warnedAt().plus(words.time("purge.shown_for"));
        return shown.isAfter(untouched) ? shown : untouched;
    }

    StatementGuidance guidance(MyStatements.Guide guide) {
        MyStatements.Known known = guide.known();
        String suffix = known.business() ? ".business" : "";
        var shown = new StatementGuidance(words.of(known.language(), "title" + suffix),
            words.list("before").stream().map(b -> words.of(known.language(), "before." + b)).toList(),
            words.list("questions" + suffix).stream().map(q -> new StatementQuestionWords(StatementQuestion.fromValue(q),
                words.of(known.language(), "question." + q))).toList(),
            words.of(known.language(), "declaration"), known.mayAdd());
        shown.setAbout(guide.about().isEmpty() ? null : guide.about().stream()
            .map(a -> new StatementPerson(a.person(), a.self().name())).toList());
        shown.setInstead(instead(known));
        return shown;
    }

    /** Null where another can be added. */
    String instead(MyStatements.Known known) {
        return known.mayAdd() ? null : words.of(known.language(), Makers.may(known.role()) ? "instead" : "not_asked");
    }

    static StaffStatement staff(Signed s, String reference) {
        SignedContent content = s.content();
        var shown = new StaffStatement(s.id(), s.caseId(), reference, s.person(), StatementState.fromValue(s.state()),
            StatementKind.fromValue(content.kind()), StatementMedium.fromValue(s.medium()), utc(s.signedAt()), s.number(),
            SignedContent.hex(s.hash()));
        shown.setLanguage(content.language());
        shown.setSupplements(content.supplements());
        shown.setDecidedAt(utc(s.decidedAt()));
        shown.setPassedOnAt(utc(s.passedOnAt()));
        shown.setSourceReference(s.reference());
        if (content.signing() != null) {
            shown.setReadAloud(ReadAloud.fromValue(s.readAloudByThem()));
        } else {
            shown.setMadeAt(utc(content.kept().madeAt()));
            shown.setWhereKept(content.kept().where());
            shown.setTranslator(content.kept().translator());
        }
        return shown;
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
