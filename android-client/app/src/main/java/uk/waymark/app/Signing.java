package uk.waymark.app;

import com.google.android.material.dialog.MaterialAlertDialogBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import uk.waymark.client.Answer;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.ReadAloud;
import uk.waymark.client.model.StatementSubmission;

/** Signs what was saved: asks whether it is to be read aloud, then for the declaration. It is never done by itself or later. */
final class Signing {
    private static final List<ReadAloud> HOW = List.of(ReadAloud.SELF, ReadAloud.SOMEONE_ELSE, ReadAloud.NOT_AT_ALL, ReadAloud.COURT_DECIDES);

    private final Screen screen;
    private final String draft;
    private final String etag;
    private final String declaration;

    /** @param etag the version that the person has before them: another one is not signed */
    Signing(Screen screen, String draft, String etag, String declaration) {
        this.screen = screen;
        this.draft = draft;
        this.etag = etag;
        this.declaration = declaration;
    }

    void ask() {
        String[] words = {screen.getString(R.string.read_self), screen.getString(R.string.read_else), screen.getString(R.string.read_not),
            screen.getString(R.string.read_open)};
        new MaterialAlertDialogBuilder(screen).setTitle(R.string.read_aloud)
                .setItems(words, (d, which) -> declare(HOW.get(which))).setNegativeButton(R.string.cancel, null).show();
    }

    private void declare(ReadAloud how) {
        new MaterialAlertDialogBuilder(screen).setTitle(R.string.sign_statement)
                .setMessage(declaration + "\n\n" + screen.getString(R.string.sign_sure))
                .setPositiveButton(R.string.sign_statement, (d, w) -> sign(how)).setNegativeButton(R.string.cancel, null).show();
    }

    private void sign(ReadAloud how) {
        StatementSubmission submission = new StatementSubmission();
        submission.setDeclaration(true);
        submission.setReadAloud(how);
        screen.later(() -> {
            try {
                return Optional.of(screen.now().line().post("/v1/me/statements/" + draft + "/submission",
                        JSON.getGson().toJson(submission), etag, screen.language()));
            } catch (IOException e) {
                return Optional.<Answer>empty();
            }
        }, answer -> {
            screen.show();
            if (!answer.isPresent()) {
                screen.say(Optional.of(screen.getString(R.string.no_line)));
            } else if (answer.get().fresh()) {
                screen.go(SignInScreen.class, "again");
            } else if (!answer.get().ok()) {
                screen.say(Optional.of(answer.get().detail()));
            }
        });
    }
}
