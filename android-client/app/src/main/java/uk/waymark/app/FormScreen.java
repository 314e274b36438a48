package uk.waymark.app;

import android.view.View;
import android.widget.TextView;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import uk.waymark.client.Answer;
import uk.waymark.client.Seen;
import uk.waymark.client.Written;

/**
 * A form about something that stands on the server and is changed as a whole, by the version that was read. Where it was changed
 * elsewhere meanwhile both are shown and the person decides; what is filled in and not saved is there again when they come back.
 */
abstract class FormScreen extends Screen {
    private JsonObject stands = new JsonObject();
    private String etag;
    private JsonObject shown;
    private JsonObject undecided;
    private String sentId;
    private boolean filling;
    private boolean underWay; // a change is being made at once, and its answer is not there yet
    private JsonObject again; // what was saved once more meanwhile; null for nothing
    private TextView state;
    private String result = "";

    /** Where it stands. */
    protected abstract String path();

    /** What the screen is called. */
    protected abstract int titled();

    /** Puts the fields on the page, filled with what stands or with what the person has filled in before. */
    protected abstract void form(Page page, JsonObject from);

    /** What the fields say now, as it is sent; also where it is not right yet. */
    protected abstract JsonObject filled();

    /** Says at the fields what has to be mended. True where nothing has. */
    protected boolean right() {
        return true;
    }

    /** What stands, or what was filled in, in words: one thing a line. */
    protected abstract List<String> words(JsonObject said);

    /** What is sent. @param now what stands */
    protected JsonObject request(JsonObject fields, JsonObject now) {
        return fields;
    }

    /** What it is in the outbox, so that it may wait for a line; null for what is done at once or not at all. */
    protected String what() {
        return null;
    }

    /** The server has just taken this, of what is done at once. */
    protected void saved(JsonObject fields) {}

    /** What stands as it was read last; empty before that. */
    protected final JsonObject stands() {
        return stands;
    }

    @Override
    protected void show() {
        title(getString(titled()));
        if (filling || undecided != null) {
            return; // somebody comes back from signing in or from another app
        }
        Optional<Written> own = own().filter(Written::unsent);
        if (own.filter(w -> w.state() == Written.State.CONFLICT && w.theirs() != null).isPresent()) {
            both(parse(own.get().body()), parse(own.get().theirs()), own.get().match());
        } else if (own.isPresent()) {
            etag = own.get().match();
            build(parse(own.get().body()), said(own.get()));
            shown = filled();
        } else {
            read(path(), FormScreen::parse, this::stands);
        }
    }

    private Optional<Written> own() {
        List<Written> all = now().outbox().all();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).path().equals(path()) && all.get(i).method().equals("PUT")) {
                return Optional.of(all.get(i));
            }
        }
        return Optional.empty();
    }

    private static JsonObject parse(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private void stands(JsonObject now) {
        if (filling && touched()) {
            return; // it goes on from the version that it was begun on
        }
        stands = now;
        etag = version();
        Optional<JsonObject> draft = core().kept(draft()).map(FormScreen::parse);
        if (draft.isPresent()) {
            etag = Fields.is(draft.get(), "etag") ? Fields.text(draft.get(), "etag") : etag;
            build(draft.get().getAsJsonObject("fields"), getString(R.string.not_saved_yet));
            shown = null;
        } else {
            build(now, result);
            shown = filled();
        }
    }

    /** The version that was read last, or that came of what was sent since. */
    private String version() {
        Seen<String> read = now().reads().last(path(), language(), json -> json);
        return own().filter(w -> !w.unsent() && w.match() != null && (read.asAt() == null || !w.at().isBefore(read.asAt())))
                .map(Written::match).orElse(read.etag());
    }

    private void build(JsonObject from, String words) {
        page.clear();
        form(page, from);
        page.button(getString(R.string.save), this::save);
        state = page.text("");
        state.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        tell(words);
        filling = true;
        undecided = null;
    }

    private void tell(String words) {
        state.setText(words);
        state.setVisibility(words.isEmpty() ? View.GONE : View.VISIBLE);
    }

    private boolean touched() {
        return shown == null || !filled().equals(shown);
    }

    private void save() {
        if (right()) {
            send(filled());
        } else {
            tell(getString(R.string.mend));
        }
    }

    private void send(JsonObject fields) {
        result = "";
        String body = request(fields, stands).toString();
        if (what() == null) {
            again = underWay ? fields : null;
            if (!underWay) {
                underWay = true;
                later(() -> put(body), answer -> answered(fields, answer));
            }
            return;
        }
        Optional<Written> before = own().filter(Written::unsent);
        if (sentId != null) { // what this screen has sent since it was read is no conflict with itself
            etag = now().outbox().find(sentId).filter(w -> !w.unsent() && w.match() != null).map(Written::match).orElse(etag);
        }
        String id;
        if (before.filter(w -> w.state() == Written.State.CONFLICT).isPresent()) {
            id = before.get().id();
            now().outbox().settle(id, body);
        } else {
            before.filter(w -> w.state() == Written.State.REFUSED).ifPresent(w -> now().outbox().drop(w.id()));
            id = now().outbox().change(what(), path(), body, etag, null).id();
        }
        sentId = id;
        core().drop(draft());
        shown = fields;
        undecided = null;
        if (filling) {
            tell(getString(R.string.kept_to_send));
        }
        say(Optional.empty());
        Sending.soon(this);
        later(() -> {
            now().outbox().send();
            Optional<Written> sent = now().outbox().find(id);
            return sent.isPresent() ? sent : own(); // it may have become part of an earlier one that has to be decided about
        }, sent -> sent.ifPresent(this::sent));
    }

    private void sent(Written w) {
        if (w.state() == Written.State.SENT) {
            result = w.words().isEmpty() ? getString(R.string.saved_there) : w.words();
        }
        boolean typedOn = filling && touched();
        if (typedOn && w.state() == Written.State.CONFLICT) {
            now().outbox().hold(w.id(), request(filled(), stands).toString());
        }
        if (typedOn && w.state() == Written.State.SENT) {
            etag = w.match() == null ? etag : w.match();
            tell(result);
        } else if (!filling || w.state() == Written.State.SENT || w.state() == Written.State.CONFLICT) {
            filling = false;
            show();
        } else {
            tell(said(w));
        }
        say(Optional.empty());
    }

    private String said(Written w) {
        return switch (w.state()) {
            case SENT -> w.words();
            case REFUSED -> getString(R.string.not_taken, w.words());
            default -> getString(R.string.kept_to_send);
        };
    }

    private Optional<Answer> put(String body) {
        try {
            return Optional.of(now().line().put(path(), body, etag, language()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void answered(JsonObject fields, Optional<Answer> answer) {
        if (answer.filter(Answer::ok).isPresent()) {
            core().drop(draft());
            now().reads().forget(path(), language()); // it is not so any more
            saved(fields);
            undecided = null;
            result = getString(R.string.saved_there);
            if (filling && !filled().equals(fields)) {
                goOn(fields);
                return;
            }
            underWay = false;
            filling = false;
            show();
            return;
        }
        underWay = false;
        if (answer.filter(a -> a.status() == 412).isPresent()) {
            later(() -> now().reads().read(path(), language(), FormScreen::parse), seen -> {
                if (seen.trouble() == Seen.Trouble.NONE) {
                    both(filling ? filled() : fields, seen.value().get(), seen.etag());
                } else {
                    say(trouble(seen));
                }
            });
        } else {
            Asking.not(this, answer);
        }
    }

    /** What is typed since it was sent stays in its fields, and goes on from the version that came of it. */
    private void goOn(JsonObject fields) {
        shown = fields;
        tell(result);
        later(() -> now().reads().read(path(), language(), FormScreen::parse), seen -> {
            underWay = false;
            if (seen.trouble() == Seen.Trouble.NONE) {
                etag = seen.etag();
                stands = seen.value().get();
                if (again != null && !again.equals(fields)) {
                    send(again);
                }
            } else {
                say(trouble(seen));
            }
        });
    }

    private void both(JsonObject mine, JsonObject theirs, String version) {
        filling = false;
        undecided = mine;
        page.clear();
        page.text(getString(R.string.changed_elsewhere));
        Page here = page.card();
        here.heading(getString(R.string.from_here));
        words(mine).forEach(here::text);
        Page there = page.card();
        there.heading(getString(R.string.stands_now));
        words(theirs).forEach(there::text);
        page.button(getString(R.string.use_mine), () -> {
            etag = version;
            stands = theirs;
            send(mine);
        });
        page.quiet(getString(R.string.change_mine), () -> {
            etag = version;
            stands = theirs;
            build(mine, "");
            shown = null;
        });
        page.quiet(getString(R.string.keep_theirs), () -> {
            own().filter(Written::unsent).ifPresent(w -> now().outbox().drop(w.id()));
            core().drop(draft());
            undecided = null;
            result = "";
            show();
        });
    }

    private String draft() {
        return "form " + getResources().getResourceEntryName(titled()) + " " + path();
    }

    @Override
    protected void onStop() {
        if (!isFinishing()) {
            keep();
        }
        super.onStop();
    }

    @Override
    public void finish() {
        keep();
        super.finish();
    }

    private void keep() {
        if (!filling && undecided == null || !theirs() || !core().signedIn() || what() != null && undecided != null) {
            return; // the outbox keeps what is undecided there
        }
        if (undecided == null && !touched()) {
            core().drop(draft());
            return;
        }
        JsonObject draft = new JsonObject();
        draft.add("fields", undecided == null ? filled() : undecided);
        draft.add("etag", etag == null ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(etag));
        keep(draft(), draft.toString());
    }

    /** What stands in a field, without space around it. */
    protected static String typed(TextInputEditText field) {
        return field == null || field.getText() == null ? "" : field.getText().toString().trim();
    }
}
