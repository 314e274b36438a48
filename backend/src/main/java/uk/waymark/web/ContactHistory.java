package uk.waymark.web;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Collectors;
import uk.waymark.api.model.ChangedBy;
import uk.waymark.api.model.ContactVersion;
import uk.waymark.api.model.ContactVersionList;

/**
 * Who changed how somebody is contacted.
 *
 * @param changes    when to who and what
 * @param nextCursor null on the last page
 */
public record ContactHistory(Map<String, String> changes, String nextCursor) {
    private static final Map<String, ContactText> FIELDS = Map.ofEntries(Map.entry("language", ContactText.LANGUAGE),
        Map.entry("discreet_mode", ContactText.DISCREET), Map.entry("channels", ContactText.WAYS_TITLE),
        Map.entry("safe_times", ContactText.TIMES_TITLE), Map.entry("quiet_hours", ContactText.QUIET),
        Map.entry("telling", ContactText.AMOUNT_TITLE), Map.entry("ask_again_on", ContactText.AMOUNT_TITLE),
        Map.entry("urgent_news", ContactText.URGENT), Map.entry("voicemail", ContactText.VOICEMAIL), Map.entry("word", ContactText.WORD),
        Map.entry("may_also_be_told", ContactText.ALSO_TOLD), Map.entry("accessibility_needs", ContactText.HELP_TITLE),
        Map.entry("interpreter_language", ContactText.INTERPRETER), Map.entry("if_somebody_else_answers", ContactText.SOMEBODY_ELSE),
        Map.entry("channel_safety", ContactText.FIELD_SAFETY), Map.entry("number_safety", ContactText.FIELD_SAFETY),
        Map.entry("address", ContactText.FIELD_ADDRESS), Map.entry("number", ContactText.FIELD_NUMBER),
        Map.entry("texts", ContactText.FIELD_TEXTS), Map.entry("paused", ContactText.FIELD_PAUSED));

    static ContactHistory of(Page page, ContactVersionList list) {
        var changes = new LinkedHashMap<String, String>();
        for (ContactVersion version : list.getItems()) {
            // two in one minute stand under one heading
            changes.merge(page.moment(version.getChangedAt()), line(page, version), (first, second) -> first + "\n" + second);
        }
        return new ContactHistory(changes, list.getNextCursor());
    }

    private static String line(Page page, ContactVersion version) {
        var what = version.getChanges().stream().map(c -> page.t(FIELDS.getOrDefault(c.getField(), ContactText.FIELD_OTHER)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
        return page.t(by(version.getBy())) + ": " + String.join("; ", what);
    }

    private static ContactText by(ChangedBy by) {
        return switch (by) {
            case YOU -> ContactText.BY_YOU;
            case STAFF -> ContactText.BY_STAFF;
            case FORCE_SYSTEM -> ContactText.BY_FORCE_SYSTEM;
            case REPLY -> ContactText.BY_REPLY;
        };
    }
}
