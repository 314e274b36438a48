package uk.waymark.app;

import android.os.Handler;
import android.os.Looper;
import android.text.Editable;
import android.text.TextWatcher;
import android.widget.TextView;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Statement;
import uk.waymark.client.model.StatementGuidance;
import uk.waymark.client.model.StatementList;
import uk.waymark.client.model.StatementRequest;
import uk.waymark.client.model.StatementState;
import uk.waymark.client.model.StatementSummary;

/**
 * What somebody says in their own words: a draft that is kept on this phone as it is typed, and saved on the server when there is a
 * line. Where another device has written meanwhile, both texts are shown.
 */
public final class StatementScreen extends Screen {
    private static final String WHAT = "statement";
    private static final long PAUSE = 1500; // ms without typing

    private final Handler hand = new Handler(Looper.getMainLooper());
    private final Runnable save = this::save;
    private TextInputEditText text;
    private TextView state;
    private String draft;
    private String etag;
    private String maker;
    private String typed = "";
    private String declaration;
    private Page before;

    @Override
    protected void show() {
        title(getString(R.string.statement));
        Optional<Written> own = newest();
        if (own.filter(w -> w.state() == Written.State.CONFLICT).isPresent()) {
            both(own.get());
            return;
        }
        if (own.filter(Written::unsent).isPresent()) {
            Written w = own.get();
            maker = w.method().equals("POST") ? w.id() : w.after();
            draft = w.after() == null && w.method().equals("PUT") ? w.path().substring("/v1/me/statements/".length()) : null;
            etag = w.match();
            write(textOf(w.body()), "");
            sayHow(w);
            return;
        }
        read("/v1/me/cases/" + about() + "/statements?limit=25", json -> JSON.getGson().fromJson(json, StatementList.class), this::show);
    }

    private Optional<Written> newest() {
        List<Written> all = now().outbox().all().stream().filter(w -> w.what().equals(WHAT)
                && (about().equals(core().kept("statement " + w.path()).orElse(about())))).collect(Collectors.toList());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private void show(StatementList list) {
        Optional<StatementSummary> open = list.getItems().stream().filter(s -> s.getState() == StatementState.DRAFT).findFirst();
        if (open.isPresent()) {
            draft = open.get().getId().toString();
            read("/v1/me/statements/" + draft, json -> JSON.getGson().fromJson(json, Statement.class), this::show);
            return;
        }
        page.clear();
        for (StatementSummary s : list.getItems()) {
            page.card().text(s.getStateWords());
        }
        if (list.getInstead() != null) {
            page.text(list.getInstead());
        }
        if (!Boolean.FALSE.equals(list.getMayAdd())) {
            write("", "");
        }
    }

    private void show(Statement statement) {
        etag = now().reads().last("/v1/me/statements/" + draft, language(), json -> json).etag();
        write(statement.getText() == null ? "" : statement.getText(), statement.getStateWords());
    }

    private void write(String words, String said) {
        if (text != null && text.isAttachedToWindow() && !typed.equals(words)) {
            return; // what is being typed is not written over
        }
        page.clear();
        before = page.section();
        text = page.words(getString(R.string.statement_text), 100_000, 8);
        text.setText(words);
        typed = words;
        state = page.text(said);
        state.setAccessibilityLiveRegion(android.view.View.ACCESSIBILITY_LIVE_REGION_POLITE);
        text.addTextChangedListener(new TextWatcher() {
            @Override
            public void beforeTextChanged(CharSequence s, int start, int count, int after) {}

            @Override
            public void onTextChanged(CharSequence s, int start, int before, int count) {}

            @Override
            public void afterTextChanged(Editable s) {
                hand.removeCallbacks(save);
                hand.postDelayed(save, PAUSE);
            }
        });
        page.button(getString(R.string.save), this::save);
        page.quiet(getString(R.string.sign_statement), this::sign);
        guidance();
    }

    /** What to know before the first word, as the server says it: who may read it, and what does not belong in it. */
    private void guidance() {
        later(() -> now().reads().read("/v1/me/cases/" + about() + "/statements/guidance", language(),
                json -> JSON.getGson().fromJson(json, StatementGuidance.class)), seen -> seen.value().ifPresent(known -> {
                    declaration = known.getDeclaration();
                    before.clear();
                    known.getBefore().forEach(before::text);
                }));
    }

    private void sign() {
        save();
        boolean saved = draft != null && etag != null && !newest().filter(Written::unsent).isPresent();
        if (saved && declaration != null) {
            new Signing(this, draft, etag, declaration).ask();
        } else {
            state.setText(R.string.save_first);
        }
    }

    @Override
    protected void onStop() {
        if (text != null && core().signedIn() && !isFinishing()) {
            save();
        }
        hand.removeCallbacks(save);
        super.onStop();
    }

    /** Keeps what is typed on this phone, and then sends it. */
    private void save() {
        hand.removeCallbacks(save);
        String words = String.valueOf(text.getText());
        if (words.equals(typed) || !core().now().isPresent()) {
            return;
        }
        typed = words;
        StatementRequest request = new StatementRequest();
        request.setText(words);
        request.setLanguage(language());
        String body = JSON.getGson().toJson(request);
        Written kept;
        if (draft == null && maker == null) {
            kept = now().outbox().make(WHAT, "/v1/me/cases/" + about() + "/statements", body);
            maker = kept.id();
        } else if (draft == null) {
            kept = now().outbox().change(WHAT, "/v1/me/statements/{made}", body, null, maker);
        } else {
            kept = now().outbox().change(WHAT, "/v1/me/statements/" + draft, body, etag, null);
        }
        core().keep("statement " + kept.path(), about());
        state.setText(R.string.saved_here);
        Sending.soon(this);
        later(() -> {
            now().outbox().send();
            return now().outbox().find(kept.id());
        }, sent -> sent.ifPresent(this::sayHow));
    }

    private void sayHow(Written w) {
        switch (w.state()) {
            case SENT -> {
                etag = w.match();
                if (draft == null) {
                    draft = w.method().equals("POST") ? w.made() : now().outbox().find(w.after()).map(Written::made).orElse(null);
                }
                state.setText(R.string.saved_there);
            }
            case REFUSED -> state.setText(getString(R.string.not_taken, w.words()));
            case CONFLICT -> both(w);
            case UNSURE -> state.setText(R.string.unsure);
            default -> state.setText(R.string.saved_here);
        }
        say(Optional.empty());
    }

    private void both(Written w) {
        page.clear();
        text = null;
        page.text(getString(R.string.conflict));
        page.heading(getString(R.string.from_here));
        TextInputEditText mine = page.words(getString(R.string.from_here), 100_000, 6);
        mine.setText(textOf(w.body()));
        page.heading(getString(R.string.from_there));
        page.text(textOf(w.theirs())).setTextIsSelectable(true);
        page.button(getString(R.string.save), () -> settle(w, String.valueOf(mine.getText())));
        page.quiet(getString(R.string.keep_theirs), () -> {
            now().outbox().drop(w.id());
            show();
        });
    }

    private void settle(Written w, String words) {
        StatementRequest request = new StatementRequest();
        request.setText(words);
        request.setLanguage(language());
        now().outbox().settle(w.id(), JSON.getGson().toJson(request));
        Sending.soon(this);
        later(() -> now().outbox().send(), outcome -> show());
    }

    private static String textOf(String json) {
        com.google.gson.JsonElement text = JsonParser.parseString(json).getAsJsonObject().get("text");
        return text == null ? "" : text.getAsString();
    }
}
