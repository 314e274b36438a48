package uk.waymark.app;

import uk.waymark.client.Seen;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.ModelCase;
import uk.waymark.client.model.TimelineEntry;
import uk.waymark.client.model.TimelineList;

/** One case: how far it has come, who deals with it, and what has happened. */
public final class CaseScreen extends Screen {
    @Override
    protected void show() {
        title(getString(R.string.what_happened));
        read("/v1/me/cases/" + about(), json -> JSON.getGson().fromJson(json, ModelCase.class), this::show);
    }

    private void show(ModelCase one) {
        page.clear();
        page.heading(one.getStage().getWords());
        page.text(getString(R.string.reference_is, one.getCrimeReference()));
        if (one.getToldInPerson() != null) {
            page.text(one.getToldInPerson());
        }
        if (one.getAsAtNote() != null) {
            page.text(one.getAsAtNote());
        }
        if (one.getOfficer() != null) {
            page.text(getString(R.string.officer, one.getOfficer().getName()));
        }
        if (one.getLiaisonOfficer() != null) {
            page.text(getString(R.string.liaison, one.getLiaisonOfficer().getName()));
        }
        if (one.getUnit() != null) {
            page.text(getString(R.string.unit, one.getUnit().getName()));
        }
        if (one.getNextExpectedUpdate() != null) {
            page.text(getString(R.string.next_news, day(one.getNextExpectedUpdate())));
        }
        page.button(getString(R.string.dates), () -> go(DatesScreen.class, about()));
        page.quiet(getString(R.string.messages), () -> go(MessagesScreen.class, about()));
        page.quiet(getString(R.string.call_back), () -> go(CallBackScreen.class, about()));
        page.quiet(getString(R.string.statement), () -> go(StatementScreen.class, about()));
        page.heading(getString(R.string.what_happened));
        Page below = page.section();
        now().reads().last(path(), language(), CaseScreen::timeline).value().ifPresent(t -> show(below, t));
        later(() -> now().reads().read(path(), language(), CaseScreen::timeline), seen -> {
            if (seen.trouble() != Seen.Trouble.NONE) {
                say(trouble(seen));
            }
            seen.value().ifPresent(t -> show(below, t));
        });
    }

    private static TimelineList timeline(String json) {
        return JSON.getGson().fromJson(json, TimelineList.class);
    }

    private void show(Page below, TimelineList timeline) {
        below.clear();
        if (timeline.getItems().isEmpty()) {
            below.text(getString(R.string.nothing_happened));
        }
        add(below, timeline);
    }

    private void add(Page below, TimelineList timeline) {
        for (TimelineEntry entry : timeline.getItems()) {
            Page card = below.card();
            show(card, entry);
            if (Boolean.TRUE.equals(entry.getSensitive()) && entry.getDetail() == null) {
                card.text(getString(R.string.sensitive));
                card.quiet(getString(R.string.open_it), () -> open(card, entry));
            }
        }
        older(below, path(), timeline.getNextCursor(), CaseScreen::timeline, next -> add(below, next), true);
    }

    private String path() {
        return "/v1/me/cases/" + about() + "/timeline?limit=100";
    }

    private void show(Page card, TimelineEntry entry) {
        card.text(time(entry.getOccurredAt().toInstant()));
        card.heading(entry.getHeadline());
        if (entry.getDetail() != null) {
            card.text(entry.getDetail());
        }
        if (entry.getLanguageNote() != null) {
            card.text(entry.getLanguageNote());
        }
        if (entry.getHearing() != null && entry.getHearing().getAsAtWords() != null) {
            card.text(entry.getHearing().getAsAtWords());
        }
        if (Boolean.TRUE.equals(entry.getCorrected())) {
            card.text(getString(R.string.corrected));
        }
    }

    private void open(Page card, TimelineEntry entry) {
        String path = "/v1/me/cases/" + about() + "/timeline/" + entry.getId();
        later(() -> now().reads().read(path, language(), json -> JSON.getGson().fromJson(json, TimelineEntry.class)), seen -> {
            say(trouble(seen));
            seen.value().ifPresent(whole -> show(card.clear(), whole));
        });
    }
}
