package uk.waymark.app;

import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.View;
import android.widget.TextView;
import androidx.activity.OnBackPressedCallback;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.text.Collator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.waymark.client.Answer;
import uk.waymark.client.Seen;
import uk.waymark.client.Vault.VaultException;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.CaseRole;
import uk.waymark.client.model.Me;
import uk.waymark.client.model.ParticipantRole;
import uk.waymark.client.model.Statement;
import uk.waymark.client.model.StatementGuidance;
import uk.waymark.client.model.StatementRequest;
import uk.waymark.client.model.StatementState;

/**
 * One draft: what to know before the first word, then words that are kept on this phone as they are typed, and saved on the server when
 * there is a line. Where another device has written meanwhile, both are shown and neither is lost.
 */
public final class WritingScreen extends Screen {
    static final String WHAT = "statement";
    private static final String STATEMENTS = "/v1/me/statements/";
    private static final long PAUSE = 1500; // ms without typing

    private final Handler hand = new Handler(Looper.getMainLooper());
    private final Runnable save = this::save;
    private String caseId;
    private String draft; // its id there, once it has one
    private String maker; // what makes it, while that is only here
    private String etag; // the version that what is typed goes on from
    private String conflict;
    private String typed; // what is kept already
    private String sent; // what was last to be sent, by which the places count that the server points at
    private boolean refused;
    private VaultException unkept; // why what is typed is only on the screen; null where it is kept
    private boolean informed;
    private StatementForm form;
    private TextView state;
    private TextView speaks;
    private Page guide;
    private StatementGuidance guidance;

    /** What this screen is about: a new one of a case. */
    static String begin(String caseId) {
        return caseId + " new";
    }

    /** A draft that the server has. */
    static String draft(String caseId, String id) {
        return caseId + " draft " + id;
    }

    /** A draft that is only on this phone. @param id of what makes it */
    static String kept(String caseId, String id) {
        return caseId + " kept " + id;
    }

    /** The draft of a path. */
    static String id(String path) {
        return path.startsWith(STATEMENTS) ? path.substring(STATEMENTS.length()) : "";
    }

    @Override
    protected void onCreate(Bundle state) {
        String[] about = about().split(" ");
        caseId = about[0];
        draft = about[1].equals("draft") ? about[2] : null;
        maker = about[1].equals("kept") ? about[2] : null;
        if (about[1].equals("new")) {
            if (state != null) { // the phone has ended the app meanwhile: it is gone on with what was begun here
                maker = core().kept(begun()).filter(id -> core().now().flatMap(n -> n.outbox().find(id)).isPresent()).orElse(null);
            } else {
                core().drop(begun());
            }
        }
        informed = draft != null || maker != null;
        super.onCreate(state);
        getOnBackPressedDispatcher().addCallback(this, new OnBackPressedCallback(true) {
            @Override
            public void handleOnBackPressed() {
                boolean said = unkept != null;
                if (save() || said) { // whoever was told goes all the same where they want to
                    finish();
                }
            }
        });
    }

    /** Under which name it is kept what makes the draft that was begun here last. */
    private String begun() {
        return "statement begun " + caseId;
    }

    /** What is typed from here on belongs to this one, also after the screen is turned or the phone has ended the app. */
    private void make(String words) {
        maker = now().outbox().make(WHAT, "/v1/me/cases/" + caseId + "/statements", words).id();
        getIntent().putExtra("about", kept(caseId, maker));
        keep(begun(), maker);
    }

    @Override
    protected void show() {
        title(getString(R.string.statement));
        if (form != null && state.isAttachedToWindow()) {
            return; // what is being typed is not written over
        }
        if (!informed) {
            before();
            return;
        }
        if (draft != null && maker == null) { // changes that wait may still say only what makes it
            maker = now().outbox().all().stream().filter(w -> w.what().equals(WHAT) && draft.equals(w.made())).findFirst().map(Written::id).orElse(null);
        }
        Optional<Written> own = newest();
        if (own.filter(w -> w.state() == Written.State.CONFLICT).isPresent()) {
            both(own.get());
        } else if (own.filter(Written::unsent).isPresent()) {
            write(StatementRequestJson.read(own.get().body()), own.get().match());
            sayHow(own.get());
        } else if (draft != null) {
            read(STATEMENTS + draft, json -> JSON.getGson().fromJson(json, Statement.class), this::adopt, !discreet());
        } else {
            write(empty(), null);
        }
    }

    /** Whether what somebody wrote opens with a new sign-in only, and is not to be found on the phone: unknown counts as so. */
    private boolean discreet() {
        return !core().kept(DatesScreen.DISCREET).filter("false"::equals).isPresent();
    }

    private StatementRequest empty() {
        StatementRequest words = new StatementRequest();
        words.setText("");
        words.setLanguage(language());
        return words;
    }

    // --- before the first word ---------------------------------------------------------------------------------------

    private void before() {
        page.clear();
        guide = page.section();
        if (guidance == null) {
            guide.text(getString(R.string.statement_before_who));
            guide.text(getString(R.string.statement_before_address));
        }
        page.button(getString(R.string.statement_understood), () -> {
            informed = true;
            show();
        });
        know();
    }

    /** Reads what to know, and shows it where it is wanted; what was read before is there without a line. */
    private void know() {
        String path = "/v1/me/cases/" + caseId + "/statements/guidance";
        now().reads().last(path, language(), WritingScreen::guidance).value().ifPresent(this::known);
        later(() -> now().reads().read(path, language(), WritingScreen::guidance), seen -> seen.value().ifPresent(this::known));
    }

    private static StatementGuidance guidance(String json) {
        return JSON.getGson().fromJson(json, StatementGuidance.class);
    }

    private void known(StatementGuidance known) {
        guidance = known;
        if (!informed && guide != null) {
            guide.clear();
            guide.heading(known.getTitle());
            role().map(Words::writesAs).filter(words -> words != 0).ifPresent(words -> guide.text(getString(words)));
            known.getBefore().forEach(guide::text);
            if (Boolean.FALSE.equals(known.getMayWrite()) && known.getInstead() != null) {
                guide.text(known.getInstead());
            }
        } else if (form != null) {
            boolean kept = typed.equals(words());
            form.ask(known.getQuestions());
            form.about(known.getAbout());
            typed = kept ? words() : typed; // the order of the answers is the questions'
        }
    }

    /** The person's part in this case, as it was last said. */
    private Optional<ParticipantRole> role() {
        return now().reads().last("/v1/me", language(), json -> JSON.getGson().fromJson(json, Me.class)).value()
                .flatMap(me -> me.getCases().stream().filter(c -> c.getCaseId().toString().equals(caseId)).findFirst())
                .map(CaseRole::getRole);
    }

    // --- writing -----------------------------------------------------------------------------------------------------

    private void adopt(Seen<Statement> seen) {
        Statement statement = seen.value().get();
        if (statement.getState() != StatementState.DRAFT) {
            go(SignedScreen.class, caseId + " " + draft);
            finish();
            return;
        }
        if (form != null && state.isAttachedToWindow() && !typed.equals(words())) {
            return; // typed on while this was asked for: it goes on from what was read before
        }
        StatementRequest words = StatementRequestJson.of(statement);
        if (form != null && state.isAttachedToWindow() && StatementRequestJson.same(words, form.words())) {
            etag = seen.etag();
        } else {
            write(words, seen.etag());
        }
        state.setText(statement.getStateWords());
        form.point(statement.getNotices() == null ? new JsonArray()
                : JSON.getGson().toJsonTree(statement.getNotices()).getAsJsonArray(), words);
    }

    private void write(StatementRequest words, String version) {
        etag = version;
        conflict = null;
        fields(words);
        page.button(getString(R.string.save), this::save);
        page.quiet(getString(R.string.statement_check), this::sign);
        page.quiet(getString(R.string.statement_know), this::remind);
        page.quiet(getString(R.string.statement_throw), this::dispose);
        know();
    }

    private void fields(StatementRequest words) {
        page.clear();
        role().map(Words::writesAs).filter(as -> as != 0).ifPresent(as -> page.text(getString(as)));
        form = new StatementForm(this, page, language(), () -> {
            hand.removeCallbacks(save);
            hand.postDelayed(save, PAUSE);
        });
        if (role().filter(ParticipantRole.BUSINESS_CONTACT::equals).isPresent()) {
            form.forBusiness();
        }
        form.fill(words);
        typed = words();
        languages();
        state = page.text("");
        state.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
    }

    private String words() {
        return StatementRequestJson.write(form.words());
    }

    private void languages() {
        Locale reader = getResources().getConfiguration().getLocales().get(0);
        speaks = page.quiet(getString(R.string.statement_language, Words.language(form.language(), reader)), () -> {
            Map<String, String> names = new TreeMap<>(Collator.getInstance(reader)::compare);
            for (String code : Locale.getISOLanguages()) {
                names.putIfAbsent(Words.language(code, reader), code);
            }
            List<String> all = new ArrayList<>(List.of(Words.language("en", reader), Words.language("cy", reader)));
            names.keySet().stream().filter(name -> !all.contains(name)).forEach(all::add);
            new Question(this).setTitle(R.string.statement_language_which)
                    .setItems(all.toArray(new String[0]), (d, which) -> {
                        form.language(names.get(all.get(which)));
                        speaks.setText(getString(R.string.statement_language, all.get(which)));
                    }).setNegativeButton(R.string.cancel, null).show();
        });
    }

    private void remind() {
        String words = guidance == null ? getString(R.string.statement_before_who) + "\n\n" + getString(R.string.statement_before_address)
                : String.join("\n\n", guidance.getBefore());
        new Question(this).setTitle(R.string.statement_know).setMessage(words)
                .setPositiveButton(R.string.back, null).show();
    }

    /** What is signed is read through on a screen of its own, as the server has it. */
    private void sign() {
        if (!save()) {
            return;
        }
        send(core().sends(), outcome -> {
            newest().ifPresent(this::sayHow);
            if (draft != null && conflict == null && rows().stream().noneMatch(Written::unsent) && typed.equals(words())) {
                go(SigningScreen.class, caseId + " " + draft);
                finish();
            } else if (conflict == null && !refused) {
                state.setText(R.string.save_first);
            }
        });
    }

    private void dispose() {
        hand.removeCallbacks(save); // while the question is read, nothing becomes newer than what was read
        new Question(this).setTitle(R.string.statement_throw).setMessage(R.string.statement_throw_sure)
                .setPositiveButton(R.string.statement_throw, (d, w) -> {
                    if (draft == null) {
                        gone();
                    } else {
                        throwAway();
                    }
                }).setNegativeButton(R.string.cancel, (d, w) -> hand.post(save)).setOnCancelListener(d -> hand.post(save)).show();
    }

    /** Only what the person has seen: what another device has written meanwhile is shown first. */
    private void throwAway() {
        String kept = typed;
        String seen = etag != null ? etag : rows().stream().filter(w -> w.method().equals("POST")).findFirst().map(Written::match).orElse(null);
        typed = words(); // what goes is not saved on the way out
        later(() -> Asking.asked(() -> now().line().delete(STATEMENTS + draft, seen)), answer -> {
            if (answer.filter(Answer::ok).isPresent()) {
                gone();
                return;
            }
            typed = kept;
            if (answer.filter(a -> a.status() == 412).isPresent()) {
                if (!save()) {
                    return; // it is only on the screen, and stays there
                }
                if (rows().stream().anyMatch(Written::unsent)) {
                    send(); // with words of its own here, both stand beside each other
                } else {
                    form = null;
                    show();
                }
                new Question(this).setTitle(R.string.statement_throw).setMessage(R.string.statement_throw_changed)
                        .setPositiveButton(R.string.back, null).show();
            } else {
                Asking.not(this, answer);
            }
        });
    }

    private void gone() {
        drop(rows());
        core().drop(begun());
        form = null;
        finish();
    }

    // --- keeping and sending -----------------------------------------------------------------------------------------

    /** What of this draft is kept to be sent, or was sent from here. */
    private List<Written> rows() {
        return now().outbox().all().stream().filter(w -> w.what().equals(WHAT) && (w.id().equals(maker)
                || maker != null && maker.equals(w.after())
                || draft != null && (draft.equals(w.made()) || w.path().equals(STATEMENTS + draft)))).collect(Collectors.toList());
    }

    private void drop(List<Written> rows) {
        now().outbox().drop(rows.stream().map(Written::id).collect(Collectors.toList()));
    }

    private Optional<Written> newest() {
        List<Written> rows = rows();
        Optional<Written> made = rows.stream().filter(w -> w.method().equals("POST")).findFirst();
        if (draft == null) {
            draft = made.map(Written::made).orElse(null);
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
    }

    @Override
    protected void onStop() {
        if (form != null) {
            save(); // also on the way out: only leaving destroys it
        }
        hand.removeCallbacks(save);
        super.onStop();
    }

    /**
     * Keeps what is typed on this phone, and then sends it.
     *
     * @return false where the phone does not keep it: it stays on the screen, which says so, and it is tried again at the next pause
     */
    private boolean save() {
        hand.removeCallbacks(save);
        if (form == null || !theirs() || !core().now().isPresent()) {
            return true;
        }
        try {
            if (words().equals(typed)) {
                unkept = null;
            } else {
                keep();
            }
            return true;
        } catch (VaultException e) {
            unkept = e;
            state.setText("");
            notKept(e);
            return false;
        }
    }

    private void keep() {
        String words = words();
        if (conflict != null) {
            now().outbox().hold(conflict, words);
            kept(words);
            return;
        }
        List<Written> before = rows();
        List<Written> refused = before.stream().filter(w -> w.state() == Written.State.REFUSED).collect(Collectors.toList());
        boolean anew = refused.stream().anyMatch(w -> w.id().equals(maker)); // with what is typed now
        boolean making = !anew && maker != null
                && before.stream().anyMatch(w -> w.unsent() && (w.id().equals(maker) || maker.equals(w.after())));
        Written kept;
        if (draft == null && (maker == null || anew)) {
            make(words);
            kept = now().outbox().find(maker).get();
        } else if (draft == null || making) {
            kept = now().outbox().change(WHAT, STATEMENTS + "{made}", words, null, maker);
        } else {
            kept = now().outbox().change(WHAT, STATEMENTS + draft, words, etag, null);
        }
        kept(words);
        drop(anew ? before : refused);
        sent = typed;
        keep("statement " + kept.path(), caseId);
        state.setText(R.string.saved_here);
        Sending.soon(this);
        send();
    }

    private void kept(String words) {
        typed = words;
        unkept = null;
    }

    private void send() {
        send(core().sends(), outcome -> newest().ifPresent(this::sayHow));
    }

    private void sayHow(Written w) {
        if (form == null) {
            return; // it is being read anew
        }
        switch (w.state()) {
            case SENT -> {
                etag = w.match();
                state.setText(R.string.saved_there);
                if (sent != null) {
                    form.point(w.theirs() == null ? new JsonArray() : JsonParser.parseString(w.theirs()).getAsJsonArray(),
                            StatementRequestJson.read(sent));
                }
            }
            case REFUSED -> {
                state.setText(getString(R.string.not_taken, w.words()));
                if (draft != null && conflict == null && !refused) {
                    refused = true;
                    other();
                }
            }
            case CONFLICT -> both(w);
            case UNSURE -> state.setText(R.string.unsure);
            default -> state.setText(R.string.saved_here);
        }
        if (unkept == null) {
            say(Optional.empty());
        } else {
            state.setText(""); // what was said is not of what stands here
            notKept(unkept);
        }
    }

    /** What a draft does not take any more, since it is signed, can begin another one. */
    private void other() {
        page.quiet(getString(R.string.statement_with_these), () -> {
            String words = words();
            List<Written> before = rows();
            make(words);
            draft = null;
            etag = null;
            refused = false;
            drop(before);
            write(StatementRequestJson.read(words), null);
            send();
        });
    }

    // --- two texts ---------------------------------------------------------------------------------------------------

    private void both(Written w) {
        if (Objects.equals(conflict, w.id()) && form != null && state.isAttachedToWindow()) {
            return;
        }
        boolean more = form != null && !words().equals(typed);
        StatementRequest mine = more ? form.words() : StatementRequestJson.read(w.body());
        conflict = w.id();
        fields(mine);
        if (more) {
            typed = ""; // it is not what is kept
            hand.post(save);
        }
        if (w.theirs() == null) {
            state.setText(R.string.statement_theirs_fresh);
            page.button(getString(R.string.statement_theirs_open), () -> open(w));
            return;
        }
        state.setText(R.string.conflict);
        form.beside(StatementRequestJson.read(w.theirs()));
        page.button(getString(R.string.save), () -> settle(w, words()));
        page.quiet(getString(R.string.keep_theirs), () -> {
            now().outbox().drop(w.id());
            form = null;
            show();
        });
        know();
    }

    /** In discreet mode the other text opens with a new sign-in. */
    private void open(Written w) {
        if (!save()) {
            return;
        }
        Asking.ask(this, () -> now().line().get(STATEMENTS + draft, language()), answer -> {
            now().outbox().saw(w.id(), answer.body(), answer.etag());
            form = null;
            conflict = null;
            show();
        });
    }

    private void settle(Written w, String words) {
        now().outbox().settle(w.id(), words);
        kept(words);
        conflict = null;
        form = null;
        Sending.soon(this);
        page.clear().text(getString(R.string.loading)); // until it is shown again nothing can be typed that nobody keeps
        send(core().sends(), outcome -> show());
    }
}
