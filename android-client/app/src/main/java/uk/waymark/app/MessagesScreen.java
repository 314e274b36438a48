package uk.waymark.app;

import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import android.view.View;
import android.widget.TextView;
import androidx.activity.result.ActivityResultLauncher;
import androidx.activity.result.contract.ActivityResultContracts;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.waymark.client.Outbox;
import uk.waymark.client.Seen;
import uk.waymark.client.Vault;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Attachment;
import uk.waymark.client.model.AttachmentState;
import uk.waymark.client.model.BeforeYouWrite;
import uk.waymark.client.model.ConversationMessage;
import uk.waymark.client.model.ConversationView;
import uk.waymark.client.model.EmergencyWay;
import uk.waymark.client.model.EmergencyWayKind;
import uk.waymark.client.model.MessageFrom;
import uk.waymark.client.model.SoundsLikeDanger;

/**
 * The conversation of a case with the officer or the unit: what to know before the first word, the words and files, and what was said.
 * What is written is kept on this phone until the server has it; what sounds like danger shows how to reach help at once.
 */
public final class MessagesScreen extends Screen {
    private static final String WHAT = "message";
    private static final int LONGEST = 10_000;
    private static final int MOST_FILES = 5;

    private final ActivityResultLauncher<String[]> picker = registerForActivityResult(new ActivityResultContracts.OpenDocument(), this::picked);
    private final List<String> chosen = new ArrayList<>();
    private Page danger;
    private Page before;
    private Page files;
    private Page waiting;
    private Page below;
    private TextInputEditText words;
    private TextView state;

    @Override
    protected void show() {
        title(getString(R.string.messages));
        if (words == null) {
            build();
        }
        showFiles();
        showWaiting();
        refresh();
    }

    private String path() {
        return "/v1/me/cases/" + about() + "/messages";
    }

    private void build() {
        page.clear();
        danger = page.section();
        before = page.section();
        words = page.words(getString(R.string.message_text), LONGEST, 4);
        files = page.section();
        page.quiet(getString(R.string.add_file), this::choose);
        page.text(getString(R.string.file_limits));
        page.button(getString(R.string.send), this::send);
        state = page.text("");
        state.setVisibility(View.GONE);
        state.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        waiting = page.section();
        below = page.section();
        core().kept(draft()).ifPresent(kept -> {
            JsonObject o = JsonParser.parseString(kept).getAsJsonObject();
            words.setText(o.get("text").getAsString());
            o.getAsJsonArray("files").forEach(id -> chosen.add(id.getAsString()));
        });
    }

    private String draft() {
        return "message draft " + about();
    }

    @Override
    protected void onStop() {
        if (words != null && theirs() && core().signedIn() && !isFinishing()) {
            keep();
        }
        super.onStop();
    }

    @Override
    public void finish() {
        if (words != null && theirs() && core().signedIn()) {
            keep();
        }
        super.finish();
    }

    /** What is typed and not sent is there again when the person comes back. */
    private void keep() {
        if (typed().isEmpty() && chosen.isEmpty()) {
            core().drop(draft());
            return;
        }
        JsonObject o = new JsonObject();
        o.addProperty("text", typed());
        JsonArray ids = new JsonArray();
        chosen.forEach(ids::add);
        o.add("files", ids);
        keep(draft(), o.toString());
    }

    private String typed() {
        return String.valueOf(words.getText());
    }

    // What was said

    private void refresh() {
        String newest = path() + "?limit=50";
        Optional<ConversationView> last = now().reads().last(newest, language(), MessagesScreen::parse).value();
        if (last.isPresent()) {
            show(last.get());
        } else {
            before.clear().text(getString(R.string.emergency));
            below.clear().text(getString(R.string.loading));
        }
        later(() -> now().reads().read(newest, language(), MessagesScreen::parse), seen -> {
            say(trouble(seen));
            if (seen.trouble() == Seen.Trouble.NONE) {
                core().used();
                markRead(seen.value().get());
            }
            if (seen.value().isPresent()) {
                show(seen.value().get());
            } else if (seen.trouble() == Seen.Trouble.SIGN_IN) {
                below.clear().button(getString(R.string.sign_in), () -> go(SignInScreen.class, "again"));
            } else {
                below.clear().button(getString(R.string.try_again), this::refresh);
            }
        });
    }

    private static ConversationView parse(String json) {
        return JSON.getGson().fromJson(json, ConversationView.class);
    }

    private void show(ConversationView view) {
        before.clear();
        BeforeYouWrite known = view.getBeforeYouWrite();
        before.text(known.getEmergency());
        before.text(known.getReadWhen());
        before.text(known.getMayBeShown());
        before.text(view.getRepliesUsuallyTake().getWords());
        if (view.getOutOfOffice() != null) {
            before.text(view.getOutOfOffice().getWords());
        }
        danger.clear();
        String own = view.getItems().stream().filter(m -> m.getFrom() == MessageFrom.PERSON).findFirst().map(m -> m.getId().toString()).orElse("");
        if (view.getDanger() != null && !core().kept(closed()).filter(own::equals).isPresent()) {
            help(view.getDanger(), own);
        }
        below.clear();
        if (view.getItems().isEmpty()) {
            below.text(getString(R.string.no_messages));
        }
        add(view);
    }

    private void add(ConversationView view) {
        view.getItems().forEach(m -> show(below.card(), m));
        if (view.getNextCursor() != null) {
            View[] more = new View[1];
            more[0] = below.quiet(getString(R.string.older), () -> older(view.getNextCursor(), more[0]));
        }
    }

    private void older(String cursor, View button) {
        later(() -> now().reads().read(path() + "?limit=50&cursor=" + Uri.encode(cursor), language(), MessagesScreen::parse), seen -> {
            say(trouble(seen));
            seen.value().ifPresent(page -> {
                button.setVisibility(View.GONE);
                add(page);
            });
        });
    }

    private void show(Page card, ConversationMessage message) {
        if (message.getFrom() != MessageFrom.NOTICE) {
            card.heading(getString(message.getFrom() == MessageFrom.PERSON ? R.string.from_you : R.string.from_us));
        }
        card.text(time(message.getSentAt().toInstant()));
        card.text(message.getBody());
        if (message.getAttachments() != null) {
            message.getAttachments().forEach(file -> show(card, file));
        }
        if (message.getFrom() == MessageFrom.PERSON) {
            card.text(message.getReadAt() == null ? getString(R.string.nobody_read) : getString(R.string.read_at, time(message.getReadAt().toInstant())));
        }
    }

    private void show(Page card, Attachment file) {
        if (file.getState() == AttachmentState.READY) {
            card.quiet(getString(R.string.open_file, file.getName()), () -> go(AttachmentScreen.class,
                    AttachmentScreen.about("/v1/me/cases/" + about() + "/messages/attachments/" + file.getId(), file)));
            return;
        }
        card.text(file.getName());
        if (file.getReason() != null) {
            card.text(file.getReason());
        }
    }

    /** Staff see when their newest was read; it and all before it. Where that cannot be said now it is said the next time. */
    private void markRead(ConversationView view) {
        view.getItems().stream().filter(m -> m.getFrom() == MessageFrom.STAFF).findFirst().filter(m -> m.getReadAt() == null)
                .ifPresent(m -> later(() -> {
                    try {
                        return now().line().post(path() + "/" + m.getId() + "/read").ok();
                    } catch (IOException e) {
                        return false;
                    }
                }, said -> { }));
    }

    // What sounds like danger

    private String closed() {
        return "danger closed " + about();
    }

    private void help(SoundsLikeDanger known, String own) {
        Page card = danger.card();
        card.heading(known.getTitle());
        card.text(known.getWords());
        Set<Uri> reached = new LinkedHashSet<>();
        for (EmergencyWay way : known.getWays()) {
            card.text(way.getWords());
            if (way.getNumber() != null) {
                reached.add(Uri.parse((way.getKind() == EmergencyWayKind.TEXT_999 ? "smsto:" : "tel:") + way.getNumber()));
            }
        }
        for (Uri where : reached) {
            if (where.getScheme().equals("tel")) {
                card.button(getString(R.string.ring_number, where.getSchemeSpecificPart()), () -> open(new Intent(Intent.ACTION_DIAL, where)));
            } else {
                card.quiet(getString(R.string.text_number, where.getSchemeSpecificPart()), () -> open(new Intent(Intent.ACTION_SENDTO, where)));
            }
        }
        if (Boolean.TRUE.equals(known.getDismissible())) {
            card.quiet(getString(R.string.close), () -> {
                keep(closed(), own);
                danger.clear();
            });
        }
    }

    private void open(Intent intent) {
        try {
            startActivity(intent);
        } catch (ActivityNotFoundException e) {
            say(Optional.of(getString(R.string.no_app)));
        }
    }

    // What is written

    private void send() {
        List<Written> named = chosen.stream().map(id -> now().outbox().find(id)).filter(Optional::isPresent).map(Optional::get)
                .collect(Collectors.toList());
        if (typed().trim().isEmpty()) {
            words.setError(getString(R.string.fill_in));
            return;
        }
        if (named.stream().anyMatch(f -> f.state() == Written.State.REFUSED)) {
            tell(getString(R.string.take_file_out));
            return;
        }
        JsonObject body = new JsonObject();
        body.addProperty("body", typed());
        if (!named.isEmpty()) {
            JsonArray ids = new JsonArray();
            named.forEach(f -> ids.add(Written.named(f.id())));
            body.add("attachment_ids", ids);
        }
        String id = now().outbox().make(WHAT, path(), body.toString()).id();
        words.setText("");
        chosen.clear();
        core().drop(draft());
        tell(getString(R.string.kept_to_send));
        sendWhatWaits(() -> now().outbox().find(id).ifPresent(w -> tell(said(w))));
    }

    private void sendWhatWaits(Runnable then) {
        showFiles();
        showWaiting();
        say(Optional.empty());
        Sending.soon(this);
        later(() -> now().outbox().send(), outcome -> {
            then.run();
            show();
        });
    }

    private void tell(String what) {
        state.setText(what);
        state.setVisibility(View.VISIBLE);
    }

    private String said(Written w) {
        return switch (w.state()) {
            case SENT -> w.words().isEmpty() ? getString(R.string.sent) : w.words();
            case REFUSED -> getString(R.string.not_taken, w.words());
            case UNSURE -> getString(R.string.unsure);
            default -> getString(R.string.kept_to_send);
        };
    }

    /** What is only on this phone, the newest first, and what can be done about it. */
    private void showWaiting() {
        waiting.clear();
        List<Written> written = now().outbox().all();
        for (int i = written.size() - 1; i >= 0; i--) {
            Written w = written.get(i);
            if (!w.what().equals(WHAT) || !w.path().equals(path()) || !w.unsent()) {
                continue;
            }
            Page card = waiting.card();
            card.heading(getString(R.string.from_you));
            card.text(textOf(w));
            w.files().forEach(f -> now().outbox().find(f).ifPresent(file -> card.text(nameOf(file))));
            card.text(said(w));
            if (w.state() == Written.State.UNSURE) {
                card.button(getString(R.string.send_again), () -> {
                    now().outbox().again(w.id());
                    sendWhatWaits(() -> { });
                });
            }
            if (w.state() == Written.State.REFUSED) {
                card.quiet(getString(R.string.write_again), () -> {
                    words.setText(typed().isEmpty() ? textOf(w) : typed() + "\n\n" + textOf(w));
                    chosen.addAll(w.files());
                    now().outbox().drop(w.id());
                    keep();
                    show();
                });
            }
            if (w.state() != Written.State.WAITING) {
                card.quiet(getString(R.string.remove), () -> {
                    w.files().forEach(f -> now().outbox().drop(f));
                    now().outbox().drop(w.id());
                    show();
                });
            }
        }
    }

    private static String textOf(Written message) {
        JsonElement body = JsonParser.parseString(message.body()).getAsJsonObject().get("body");
        return body == null ? "" : body.getAsString();
    }

    // Files

    private void choose() {
        if (chosen.size() >= MOST_FILES) {
            tell(getString(R.string.file_limits));
            return;
        }
        try {
            picker.launch(PickedFile.TYPES);
        } catch (ActivityNotFoundException e) {
            tell(getString(R.string.no_app));
        }
    }

    /** @param where of what the person chose; null for nothing */
    void picked(Uri where) {
        if (where == null || !core().signedIn()) {
            return;
        }
        Outbox outbox = now().outbox();
        String path = path() + "/attachments";
        String[] id = new String[1];
        later(() -> {
            PickedFile file = PickedFile.read(getContentResolver(), where);
            if (file.trouble() != 0) {
                return file.trouble();
            }
            try {
                id[0] = outbox.file(path, file.name(), file.type(), file.bytes()).id();
                return 0;
            } catch (Vault.VaultException e) {
                return R.string.no_room;
            }
        }, trouble -> {
            if (trouble != 0) {
                tell(getString(trouble));
                return;
            }
            if (!chosen.contains(id[0])) {
                chosen.add(id[0]);
            }
            keep();
            sendWhatWaits(() -> { });
        });
    }

    /**
     * A file that was sent with a message, or dropped elsewhere, is not chosen any more. One that no message names is: it was being sealed
     * while this screen was turned or left.
     */
    private void showFiles() {
        files.clear();
        List<Written> kept = now().outbox().all();
        chosen.removeIf(id -> kept.stream().noneMatch(w -> w.id().equals(id)));
        kept.stream().filter(w -> w.what().equals(Written.FILE) && w.path().equals(path() + "/attachments") && !chosen.contains(w.id())
                && kept.stream().noneMatch(m -> m.files().contains(w.id()))).forEach(w -> chosen.add(w.id()));
        for (String id : chosen) {
            Written file = now().outbox().find(id).get();
            Page card = files.card();
            card.heading(nameOf(file));
            card.text(switch (file.state()) {
                case SENT -> getString(R.string.file_ready);
                case REFUSED -> getString(R.string.not_taken, file.words());
                case UNSURE -> getString(R.string.unsure);
                default -> getString(R.string.kept_to_send);
            });
            card.quiet(getString(R.string.remove), () -> {
                now().outbox().drop(id);
                chosen.remove(id);
                keep();
                show();
            });
        }
    }

    private String nameOf(Written file) {
        JsonElement name = file.body().isEmpty() ? null : JsonParser.parseString(file.body()).getAsJsonObject().get("name");
        return name == null ? getString(R.string.file) : name.getAsString();
    }
}
