package uk.waymark.web.staff;

import java.util.LinkedHashMap;
import java.util.Map;
import uk.waymark.api.model.ReadReason;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Visit;

/** Why staff read: what they chose, or the item that they have taken on. */
final class StaffReasons {
    static final String REASON = "reason";
    static final String WHY = "why";
    static final String TASK = "task";
    static final Page.Fault MISSING = new Page.Fault(REASON, StaffText.REASON_MISSING);

    private StaffReasons() { }

    /** As the API takes it. A header is ASCII. */
    static Map<String, String> of(Form form) {
        var headers = new LinkedHashMap<String, String>();
        form.find(TASK).filter(t -> t.matches("[0-9a-f-]{36}")).ifPresent(task -> headers.put("Waymark-Reason-Task", task));
        if (headers.isEmpty()) {
            form.find(REASON).filter(r -> r.matches("[a-z_]{1,40}")).ifPresent(reason -> {
                headers.put("Waymark-Reason", reason);
                form.find(WHY).ifPresent(words -> headers.put("Waymark-Reason-Text", Visit.encode(words).replace("+", "%20")));
            });
        }
        return headers;
    }

    /** To stand in the forms of a page, so that what is opened from it is read for the same reason. */
    static Map<String, String> kept(Form form) {
        var kept = new LinkedHashMap<String, String>();
        for (String name : new String[] {REASON, WHY, TASK}) {
            form.find(name).ifPresent(value -> kept.put(name, value));
        }
        return kept;
    }

    /** Those that a person can choose; a task is named by what was claimed. */
    static Map<String, String> choices(Page page) {
        var words = new LinkedHashMap<String, String>();
        for (ReadReason reason : ReadReason.values()) {
            if (reason != ReadReason.TASK) {
                words.put(reason.getValue(), Texts.file("reasons", page.lang()).text(reason.getValue()));
            }
        }
        return words;
    }
}
