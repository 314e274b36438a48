package uk.waymark.app;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Statement;
import uk.waymark.client.model.StatementAnswer;
import uk.waymark.client.model.StatementGuidance;
import uk.waymark.client.model.StatementQuestion;
import uk.waymark.client.model.StatementState;

/** The words of a statement to be read: of a draft about whom it is, the text, each answer under its question, and what a business says of itself. */
final class StatementText {
    private StatementText() {}

    static void show(Screen screen, Page page, Statement statement, String caseId) {
        Page words = page.section();
        String path = "/v1/me/cases/" + caseId + "/statements/guidance";
        Optional<StatementGuidance> known = screen.now().reads().last(path, screen.language(), StatementText::guidance).value();
        show(screen, words, statement, known);
        if (!known.isPresent() && statement.getAnswers() != null) {
            screen.later(() -> screen.now().reads().read(path, screen.language(), StatementText::guidance), seen ->
                    show(screen, words.clear(), statement, seen.value())); // with the questions
        }
    }

    private static StatementGuidance guidance(String json) {
        return JSON.getGson().fromJson(json, StatementGuidance.class);
    }

    private static void show(Screen screen, Page page, Statement statement, Optional<StatementGuidance> known) {
        if (statement.getState() == StatementState.DRAFT) { // of one that is signed its document says so
            known.map(StatementGuidance::getAbout).filter(all -> !all.isEmpty()).ifPresent(all -> {
                page.heading(screen.getString(R.string.statement_about));
                page.text(StatementForm.names(all, statement.getAbout()));
            });
        }
        if (statement.getText() != null && !statement.getText().isEmpty()) {
            page.text(statement.getText());
        }
        Map<StatementQuestion, String> questions = new HashMap<>();
        known.ifPresent(guidance -> guidance.getQuestions().forEach(q -> questions.put(q.getQuestion(), q.getWords())));
        List<StatementAnswer> answers = statement.getAnswers() == null ? List.of() : statement.getAnswers();
        for (StatementAnswer answer : answers) {
            page.heading(questions.getOrDefault(answer.getQuestion(), screen.getString(R.string.statement_answer)));
            page.text(answer.getText());
        }
        if (statement.getOrganisation() != null) {
            page.text(screen.getString(R.string.statement_of_business, statement.getOrganisation()));
        }
        if (statement.getAuthority() != null) {
            page.text(screen.getString(R.string.statement_by_right, statement.getAuthority()));
        }
        Locale reader = screen.getResources().getConfiguration().getLocales().get(0);
        if (statement.getLanguage() != null && !statement.getLanguage().equals(screen.language())) {
            page.text(screen.getString(R.string.statement_language, Words.language(statement.getLanguage(), reader)));
        }
    }
}
