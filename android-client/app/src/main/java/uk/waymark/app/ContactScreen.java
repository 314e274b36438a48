package uk.waymark.app;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import uk.waymark.client.Answer;

/** How somebody is contacted, part by part, each with a screen to change it; and stopping everything. */
public final class ContactScreen extends Screen {
    @Override
    protected void show() {
        title(getString(R.string.contact));
        read(ContactPart.PATH, json -> JsonParser.parseString(json).getAsJsonObject(), this::show);
    }

    private void show(JsonObject now) {
        page.clear();
        boolean paused = Fields.flag(now, "paused");
        if (paused) {
            page.text(getString(R.string.paused_now));
            page.button(getString(R.string.resume), () -> pause(false));
        }
        part(R.string.wording, WordingScreen.words(this, now), WordingScreen.class);
        part(R.string.ways, WaysScreen.words(this, now), WaysScreen.class);
        part(R.string.times, TimesScreen.summary(this, now), TimesScreen.class);
        part(R.string.amount, AmountScreen.words(this, now), AmountScreen.class);
        part(R.string.ringing, RingingScreen.words(this, now), RingingScreen.class);
        part(R.string.help, HelpScreen.words(this, now), HelpScreen.class);
        page.quiet(getString(R.string.contact_history), () -> go(ContactHistoryScreen.class, null));
        if (!paused) {
            page.quiet(getString(R.string.pause), () -> new Question(this).setTitle(R.string.pause)
                    .setMessage(R.string.pause_sure).setPositiveButton(R.string.pause, (d, w) -> pause(true))
                    .setNegativeButton(R.string.cancel, null).show());
        }
    }

    private void part(int name, List<String> words, Class<? extends Screen> screen) {
        Page card = page.card(() -> go(screen, null));
        card.heading(getString(name));
        words.forEach(card::text);
        card.text(getString(R.string.change));
    }

    private void pause(boolean on) {
        later(() -> {
            try {
                return Optional.of(on ? now().line().post(ContactPart.PATH + "/pause") : now().line().delete(ContactPart.PATH + "/pause"));
            } catch (IOException e) {
                return Optional.<Answer>empty();
            }
        }, answer -> {
            boolean done = answer.filter(Answer::ok).isPresent();
            if (done && on) {
                leave(); // nothing is left on the phone while everything is stopped
            } else if (done) {
                show();
            } else {
                Asking.not(this, answer);
            }
        });
    }
}
