package uk.waymark.app;

import java.util.LinkedHashSet;
import java.util.Set;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.ChangedBy;
import uk.waymark.client.model.ContactChange;
import uk.waymark.client.model.ContactVersion;
import uk.waymark.client.model.ContactVersionList;

/** Who changed how the person is contacted, when, and what. In discreet mode it takes a sign-in of the last minutes. */
public final class ContactHistoryScreen extends Screen {
    private static final String LIST = ContactPart.PATH + "/history?limit=50";

    @Override
    protected void show() {
        title(getString(R.string.contact_history));
        read(LIST, ContactHistoryScreen::parse, seen -> show(seen.value().get()), false);
    }

    private static ContactVersionList parse(String json) {
        return JSON.getGson().fromJson(json, ContactVersionList.class);
    }

    private void show(ContactVersionList list) {
        page.clear();
        if (list.getItems().isEmpty()) {
            page.text(getString(R.string.contact_history_none));
        }
        add(list);
    }

    private void add(ContactVersionList list) {
        for (ContactVersion version : list.getItems()) {
            Page card = page.card();
            card.text(time(version.getChangedAt().toInstant()));
            card.heading(getString(by(version.getBy())));
            Set<Integer> what = new LinkedHashSet<>();
            for (ContactChange change : version.getChanges()) {
                what.add(what(change.getField()));
            }
            what.forEach(words -> card.text(getString(words)));
        }
        older(page, LIST, list.getNextCursor(), ContactHistoryScreen::parse, this::add, false);
    }

    private static int what(String field) {
        return switch (field) {
            case "language" -> R.string.language;
            case "discreet_mode" -> R.string.wording;
            case "channels" -> R.string.ways;
            case "safe_times" -> R.string.times;
            case "quiet_hours" -> R.string.quiet;
            case "telling", "ask_again_on" -> R.string.amount;
            case "urgent_news" -> R.string.urgent;
            case "voicemail" -> R.string.may_voicemail;
            case "word" -> R.string.word_label;
            case "may_also_be_told" -> R.string.field_also_told;
            case "accessibility_needs" -> R.string.help;
            case "interpreter_language" -> R.string.need_interpreter;
            case "if_somebody_else_answers" -> R.string.somebody_else;
            case "channel_safety", "number_safety" -> R.string.field_safety;
            case "address" -> R.string.field_address;
            case "number" -> R.string.field_number;
            case "texts" -> R.string.field_texts;
            case "paused" -> R.string.field_paused;
            default -> R.string.field_other;
        };
    }

    private static int by(ChangedBy by) {
        return switch (by) {
            case YOU -> R.string.by_you;
            case STAFF -> R.string.by_staff;
            case REPLY -> R.string.by_reply;
            default -> R.string.by_records;
        };
    }
}
