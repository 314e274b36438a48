package uk.waymark.web;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import uk.waymark.api.model.Statement;
import uk.waymark.api.model.StatementAnswer;
import uk.waymark.api.model.StatementGuidance;
import uk.waymark.api.model.StatementKind;
import uk.waymark.api.model.StatementMedium;
import uk.waymark.api.model.StatementNotice;
import uk.waymark.api.model.StatementQuestion;
import uk.waymark.api.model.StatementState;

/** The words of a statement between the fields of its page and the API. Fields of questions are called {@code answer-money} and so on. */
final class StatementForm {
    static final String TEXT = "text";
    static final String LANGUAGE = "language";
    static final String ORGANISATION = "organisation";
    static final String AUTHORITY = "authority";
    static final String ABOUT = "about";
    private static final String ANSWER = "answer-";
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Comparator<UUID> BY_TEXT = Comparator.comparing(UUID::toString);

    private StatementForm() { }

    /** For the API's PUT. */
    static Map<String, Object> words(Form form) {
        return words(typed(null, null, form));
    }

    /** As {@link #words(Form)}, with what another device saved before what was typed here, where they differ. */
    static Map<String, Object> both(Statement theirs, Form form) {
        Statement mine = typed(null, null, form);
        Map<String, String> saved = answers(theirs);
        Map<String, String> typed = answers(mine);
        mine.setText(together(theirs.getText(), mine.getText()));
        var all = new ArrayList<StatementAnswer>();
        for (StatementQuestion question : StatementQuestion.values()) {
            String text = together(saved.getOrDefault(question.getValue(), ""), typed.getOrDefault(question.getValue(), ""));
            if (!text.isEmpty()) {
                all.add(new StatementAnswer(question, text));
            }
        }
        mine.setAnswers(all);
        mine.setOrganisation(inOneLine(theirs.getOrganisation(), mine.getOrganisation()));
        mine.setAuthority(inOneLine(theirs.getAuthority(), mine.getAuthority()));
        if (mine.getAbout() == null) {
            mine.setAbout(theirs.getAbout());
        }
        return words(mine);
    }

    private static Map<String, Object> words(Statement typed) {
        var words = new LinkedHashMap<String, Object>();
        words.put(TEXT, typed.getText());
        words.put(LANGUAGE, typed.getLanguage());
        words.put("answers", typed.getAnswers().stream()
            .map(a -> Map.of("question", a.getQuestion().getValue(), TEXT, a.getText())).toList());
        if (typed.getOrganisation() != null) {
            words.put(ORGANISATION, typed.getOrganisation());
        }
        if (typed.getAuthority() != null) {
            words.put(AUTHORITY, typed.getAuthority());
        }
        if (typed.getAbout() != null) {
            words.put(ABOUT, typed.getAbout());
        }
        return words;
    }

    private static String together(String saved, String typed) {
        return together(saved, typed, "\n\n");
    }

    private static String together(String saved, String typed, String between) {
        return saved.equals(typed) || saved.isEmpty() || typed.contains(saved) ? typed
            : typed.isEmpty() || saved.contains(typed) ? saved : saved + between + typed;
    }

    private static String inOneLine(String saved, String typed) {
        String both = together(saved == null ? "" : saved, typed == null ? "" : typed, ", ");
        return both.isEmpty() ? null : both;
    }

    /** What was typed, as the API would show it. */
    static Statement typed(UUID caseId, UUID id, Form form) {
        StatementKind kind = form.fields().containsKey(AUTHORITY) ? StatementKind.IMPACT_STATEMENT_FOR_BUSINESS
            : StatementKind.VICTIM_PERSONAL_STATEMENT;
        var typed = new Statement(id, caseId, StatementState.DRAFT, "", kind, StatementMedium.APP, OffsetDateTime.MIN);
        typed.setText(form.text(TEXT));
        typed.setLanguage(form.find(LANGUAGE).orElse("en"));
        var answers = new ArrayList<StatementAnswer>();
        for (StatementQuestion question : StatementQuestion.values()) {
            form.find(ANSWER + question.getValue()).ifPresent(a -> answers.add(new StatementAnswer(question, a)));
        }
        typed.setAnswers(answers);
        typed.setOrganisation(form.find(ORGANISATION).orElse(null));
        typed.setAuthority(form.find(AUTHORITY).orElse(null));
        List<UUID> about = form.all(ABOUT).stream().filter(a -> UUID_TEXT.matcher(a).matches())
            .map(UUID::fromString).sorted(BY_TEXT).toList();
        typed.setAbout(about.isEmpty() ? null : about);
        return typed;
    }

    /** The version that the form is about. */
    static Map<String, String> read(Form form) {
        return form.find(Form.ETAG).map(t -> Map.of("If-Match", t)).orElse(Map.of());
    }

    /** Answers by question. */
    static Map<String, String> answers(Statement statement) {
        var answers = new LinkedHashMap<String, String>();
        if (statement.getAnswers() != null) {
            statement.getAnswers().forEach(a -> answers.put(a.getQuestion().getValue(), a.getText()));
        }
        return answers;
    }

    /** Questions in words, in their order, for who may write; none for who may not any more, but keeps what they wrote. */
    static Map<String, String> questions(Visit visit, UUID caseId) {
        return questions(guidance(visit, caseId));
    }

    static Map<String, String> questions(Optional<StatementGuidance> guidance) {
        var questions = new LinkedHashMap<String, String>();
        guidance.ifPresent(g -> g.getQuestions().forEach(q -> questions.put(q.getQuestion().getValue(), q.getWords())));
        return questions;
    }

    static Optional<StatementGuidance> guidance(Visit visit, UUID caseId) {
        return visit.api().get(StatementsController.inCase(caseId) + "/guidance", StatementGuidance.class)
            instanceof Reply.Done<StatementGuidance> done ? Optional.of(done.body()) : Optional.empty();
    }

    /** Whom it can be about, by id; none where there is nothing to choose. */
    static Map<String, String> whom(Optional<StatementGuidance> guidance) {
        var whom = new LinkedHashMap<String, String>();
        guidance.map(StatementGuidance::getAbout).ifPresent(all -> all.forEach(p -> whom.put(p.getId().toString(), p.getName())));
        return whom;
    }

    /** Names of those whom it is about; null where there is nothing to choose. */
    static String about(Statement statement, Map<String, String> whom) {
        return whom.isEmpty() ? null : String.join(", ", whom.entrySet().stream().filter(p -> statement.getAbout() == null
            || statement.getAbout().contains(UUID.fromString(p.getKey()))).map(Map.Entry::getValue).toList());
    }

    /** What was answered, by the question in words. */
    static Map<String, String> asked(Visit visit, Statement statement) {
        var asked = new LinkedHashMap<String, String>();
        Map<String, String> answers = answers(statement);
        if (!answers.isEmpty()) {
            Map<String, String> questions = questions(visit, statement.getCaseId());
            answers.forEach((question, text) -> asked.put(questions.getOrDefault(question,
                visit.page().t(StatementsText.ANSWER) + ' ' + (asked.size() + 1)), text));
        }
        return asked;
    }

    /** Places to look at again, with the words that are meant. */
    static List<LookAgain> look(Page page, Statement statement) {
        return statement.getNotices() == null ? List.of()
            : statement.getNotices().stream()
                .map(n -> new LookAgain(field(n, statement), excerpt(n, statement), n.getWords())).distinct().toList();
    }

    private static String field(StatementNotice notice, Statement statement) {
        StatementAnswer answer = answer(notice.getPointer(), statement);
        return answer == null ? TEXT : ANSWER + answer.getQuestion().getValue();
    }

    /** {@code from} and {@code to} count code points. */
    private static String excerpt(StatementNotice notice, Statement statement) {
        StatementAnswer answer = answer(notice.getPointer(), statement);
        String text = answer == null ? statement.getText() : answer.getText();
        return text.substring(text.offsetByCodePoints(0, notice.getFrom()), text.offsetByCodePoints(0, notice.getTo()));
    }

    private static StatementAnswer answer(String pointer, Statement statement) {
        return pointer.matches("/answers/\\d{1,2}/text") ? statement.getAnswers().get(Integer.parseInt(pointer.split("/")[2])) : null;
    }

    /** What another device saved, by what it is, where it is not what was typed here. */
    static Map<String, String> elsewhere(Page page, Statement theirs, Statement mine, Optional<StatementGuidance> guidance) {
        Map<String, String> questions = questions(guidance);
        var differs = new LinkedHashMap<String, String>();
        if (!theirs.getText().equals(mine.getText())) {
            differs.put(page.t(StatementsText.TEXT), theirs.getText());
        }
        Map<String, String> typed = answers(mine);
        answers(theirs).forEach((question, text) -> {
            if (!text.equals(typed.get(question))) {
                differs.put(questions.getOrDefault(question, page.t(StatementsText.ANSWER)), text);
            }
        });
        differs(differs, page.t(StatementsText.ORGANISATION), theirs.getOrganisation(), mine.getOrganisation());
        differs(differs, page.t(StatementsText.AUTHORITY), theirs.getAuthority(), mine.getAuthority());
        if (!Objects.equals(theirs.getAbout(), mine.getAbout())) {
            differs(differs, page.t(StatementsText.ABOUT), about(theirs, whom(guidance)), null);
        }
        return differs;
    }

    private static void differs(Map<String, String> differs, String name, String saved, String typed) {
        if (saved != null && !saved.equals(typed)) {
            differs.put(name, saved);
        }
    }

    /** Where the API points, by field; an answer by its place among those that were sent. */
    static Map<String, Page.Fault> faults(Form form) {
        var faults = new LinkedHashMap<String, Page.Fault>();
        faults.put("/text", new Page.Fault(TEXT, StatementsText.LONG));
        faults.put("/organisation", new Page.Fault(ORGANISATION, StatementsText.LINE_LONG));
        faults.put("/authority", new Page.Fault(AUTHORITY, StatementsText.LINE_LONG));
        List<StatementAnswer> answers = typed(null, null, form).getAnswers();
        for (int i = 0; i < answers.size(); i++) {
            faults.put("/answers/" + i + "/text", new Page.Fault(ANSWER + answers.get(i).getQuestion().getValue(),
                StatementsText.ANSWER_LONG));
        }
        return faults;
    }
}
