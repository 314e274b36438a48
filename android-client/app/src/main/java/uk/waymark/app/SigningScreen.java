package uk.waymark.app;

import android.content.Intent;
import com.google.android.material.textfield.TextInputEditText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.waymark.client.Seen;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Statement;
import uk.waymark.client.model.StatementGuidance;
import uk.waymark.client.model.StatementState;
import uk.waymark.client.model.StatementSubmission;

/**
 * The last look: the statement as the server has it, who is to read it aloud, the name, and the declaration. What is signed is the
 * version that is read here, never by itself and never later; it takes a sign-in of the last minutes.
 */
public final class SigningScreen extends Screen {
    private String caseId;
    private String id;
    private String etag;
    private int aloud = -1;
    private boolean declared;
    private boolean readToMaker;
    private TextInputEditText name;
    private TextInputEditText reader;
    private Page declaration;
    private Page readBy;

    @Override
    protected void show() {
        caseId = about().split(" ")[0];
        id = about().split(" ")[1];
        title(getString(R.string.statement_check));
        if (page.has(declaration)) {
            return; // back from signing in: what was read and chosen stays
        }
        read("/v1/me/statements/" + id, json -> JSON.getGson().fromJson(json, Statement.class), this::show, false);
    }

    private void show(Seen<Statement> seen) {
        Statement statement = seen.value().get();
        if (statement.getState() != StatementState.DRAFT) {
            signed();
            return;
        }
        etag = seen.etag();
        page.clear();
        StatementText.show(this, page, statement, caseId);
        if (statement.getNotices() != null && !statement.getNotices().isEmpty()) {
            page.heading(getString(R.string.statement_look_again));
            statement.getNotices().stream().map(n -> n.getWords()).distinct().forEach(page::text);
        }
        page.heading(getString(R.string.read_aloud));
        page.text(getString(R.string.statement_court_decides));
        page.oneOf(Words.READ_ALOUD.stream().map(how -> getString(Words.of(how))).collect(Collectors.toList()), aloud,
                which -> aloud = which);
        name = page.field(getString(R.string.statement_name), android.text.InputType.TYPE_CLASS_TEXT
                | android.text.InputType.TYPE_TEXT_FLAG_CAP_WORDS, 200);
        page.choice(getString(R.string.statement_read_to_me), readToMaker, on -> {
            readToMaker = on;
            readBy();
        });
        readBy = page.section();
        readBy();
        declaration = page.section();
        page.button(getString(R.string.sign_statement), this::sign);
        page.quiet(getString(R.string.statement_go_on), () -> {
            go(WritingScreen.class, WritingScreen.draft(caseId, id));
            finish();
        });
        declare();
    }

    private void readBy() {
        readBy.clear();
        reader = readToMaker ? readBy.field(getString(R.string.statement_read_by), android.text.InputType.TYPE_CLASS_TEXT
                | android.text.InputType.TYPE_TEXT_FLAG_CAP_WORDS, 200) : null;
    }

    private void declare() {
        String path = "/v1/me/cases/" + caseId + "/statements/guidance";
        later(() -> now().reads().read(path, language(), json -> JSON.getGson().fromJson(json, StatementGuidance.class)), seen ->
                seen.value().ifPresent(known -> {
                    declaration.clear();
                    declaration.heading(getString(R.string.statement_declaration));
                    declaration.text(known.getDeclaration());
                    declaration.choice(getString(R.string.statement_declare), declared, on -> declared = on);
                }));
    }

    private void sign() {
        if (aloud < 0 || !declared || readToMaker && words(reader) == null) {
            say(Optional.of(getString(!declared && aloud >= 0 ? R.string.statement_declare_first : R.string.statement_choose_first)));
            return;
        }
        new Question(this).setTitle(R.string.sign_statement).setMessage(R.string.sign_sure)
                .setPositiveButton(R.string.sign_statement, (d, w) -> submit()).setNegativeButton(R.string.cancel, null).show();
    }

    private void submit() {
        StatementSubmission submission = new StatementSubmission();
        submission.setDeclaration(true);
        submission.setReadAloud(Words.READ_ALOUD.get(aloud));
        submission.setName(words(name));
        submission.setReadToMakerBy(words(reader));
        String body = JSON.getGson().toJson(submission);
        Asking.ask(this, () -> now().line().post("/v1/me/statements/" + id + "/submission", body, etag, language()), answer -> signed());
    }

    private static String words(TextInputEditText field) {
        String words = field == null ? "" : String.valueOf(field.getText()).trim();
        return words.isEmpty() ? null : words;
    }

    private void signed() {
        List.copyOf(now().outbox().all()).stream().filter(w -> w.what().equals(WritingScreen.WHAT) && !w.unsent()
                && (id.equals(w.made()) || WritingScreen.id(w.path()).equals(id))).forEach(w -> now().outbox().drop(w.id()));
        startActivity(new Intent(this, StatementScreen.class).putExtra("about", caseId)
                .addFlags(Intent.FLAG_ACTIVITY_CLEAR_TOP | Intent.FLAG_ACTIVITY_SINGLE_TOP));
        finish();
    }
}
