package uk.waymark.app;

import java.util.stream.Collectors;
import uk.waymark.client.Seen;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Statement;
import uk.waymark.client.model.StatementMedium;
import uk.waymark.client.model.StatementReading;
import uk.waymark.client.model.StatementState;

/** A statement that is signed, or where one is kept: its words, who is to read it aloud, and the document. */
public final class SignedScreen extends Screen {
    private String caseId;
    private String id;
    private String etag;

    @Override
    protected void show() {
        caseId = about().split(" ")[0];
        id = about().split(" ")[1];
        title(getString(R.string.statement));
        boolean keep = core().kept(DatesScreen.DISCREET).filter("false"::equals).isPresent();
        read("/v1/me/statements/" + id, json -> JSON.getGson().fromJson(json, Statement.class), this::show, keep);
    }

    private void show(Seen<Statement> seen) {
        Statement statement = seen.value().get();
        etag = seen.etag();
        page.clear();
        page.heading(getString(Words.of(statement.getMedium(), statement.getSupplements() != null)));
        page.text(statement.getStateWords());
        StatementText.show(this, page, statement, caseId);
        if (statement.getMedium() != StatementMedium.APP || statement.getState() == StatementState.KEPT_ELSEWHERE) {
            elsewhere(statement);
            return;
        }
        page.heading(getString(R.string.statement_signature));
        if (statement.getSignature() != null) {
            page.text(statement.getSignature());
        }
        if (statement.getSignedAt() != null) {
            page.text(getString(R.string.statement_signed_on, time(statement.getSignedAt().toInstant())));
        }
        if (statement.getReadToMakerBy() != null) {
            page.text(getString(R.string.statement_was_read_by, statement.getReadToMakerBy()));
        }
        if (statement.getDeclaration() != null) {
            page.text(statement.getDeclaration());
        }
        page.heading(getString(R.string.read_aloud));
        page.text(getString(R.string.statement_court_decides));
        int on = statement.getReadAloud() == null ? -1 : Words.READ_ALOUD.indexOf(statement.getReadAloud());
        int[] wish = {on};
        page.oneOf(Words.READ_ALOUD.stream().map(how -> getString(Words.of(how))).collect(Collectors.toList()), on,
                which -> wish[0] = which);
        page.quiet(getString(R.string.statement_change_reading), () -> aloud(wish[0]));
        page.button(getString(R.string.statement_document), () -> go(DocumentScreen.class, id));
    }

    private void elsewhere(Statement statement) {
        if (statement.getMadeAt() != null) {
            page.text(getString(R.string.statement_made_on, time(statement.getMadeAt().toInstant())));
        }
        if (statement.getWhereKept() != null) {
            page.text(getString(R.string.statement_where, statement.getWhereKept()));
        }
        if (statement.getTranslator() != null) {
            page.text(getString(R.string.statement_translator, statement.getTranslator()));
        }
    }

    private void aloud(int which) {
        if (which < 0) {
            return;
        }
        StatementReading reading = new StatementReading();
        reading.setReadAloud(Words.READ_ALOUD.get(which));
        String body = JSON.getGson().toJson(reading);
        Asking.ask(this, () -> now().line().put("/v1/me/statements/" + id + "/read-aloud", body, etag, language()), answer -> {
            show();
            say(java.util.Optional.of(getString(R.string.saved_there)));
        });
    }
}
