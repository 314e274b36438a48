package uk.waymark.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.waymark.api.model.ChannelSafety;
import uk.waymark.api.model.ContactChannel;
import uk.waymark.api.model.ContactPreferences;

/** A part of the contact preferences that is changed on a page of its own: from its form to what the API is sent. */
enum ContactPart {
    WORDS, WAYS, TIMES, AMOUNT, CALLS, HELP;

    static final Page.Fault NO_WAY = new Page.Fault("use", ContactText.WAYS_MISSING);
    static final Page.Fault NO_TIME = new Page.Fault("from", ContactText.TIMES_MISSING);
    static final Page.Fault NO_QUIET = new Page.Fault("quiet-from", ContactText.QUIET_MISSING);
    static final Page.Fault NO_DAY = new Page.Fault("again-day", ContactText.ASK_AGAIN_MISSING);
    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /** The last part of the address of its page. */
    String address() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language and discreet mode, which every change has to say, as they are. */
    private static Map<String, Object> base(ContactPreferences now) {
        var wanted = new LinkedHashMap<String, Object>();
        wanted.put("language", now.getLanguage().getValue());
        wanted.put("discreet_mode", now.getDiscreetMode());
        if (now.getLanguageKnown() != null) {
            wanted.put("language_known", now.getLanguageKnown());
        }
        return wanted;
    }

    /**
     * What is to be saved: of everything else, what is left out stays as it is.
     *
     * @param faults gets what has to be mended before anything can be sent
     */
    Map<String, Object> wanted(Form form, ContactPreferences now, List<Page.Fault> faults) {
        Map<String, Object> wanted = base(now);
        switch (this) {
            case WORDS -> {
                wanted.put("language", form.text("language"));
                wanted.put("discreet_mode", !"false".equals(form.text("discreet")));
                wanted.remove("language_known");
            }
            case WAYS -> wanted.put("channels", ways(form, now, faults));
            case TIMES -> times(form, now, faults, wanted);
            case AMOUNT -> amount(form, faults, wanted);
            case CALLS -> calls(form, now, wanted);
            case HELP -> {
                wanted.put("accessibility_needs", form.all("need"));
                wanted.put("interpreter_language", form.find("interpreter").orElse(null));
            }
        }
        return wanted;
    }

    private static List<Map<String, Object>> ways(Form form, ContactPreferences now, List<Page.Fault> faults) {
        var before = new LinkedHashMap<String, ContactChannel>();
        now.getChannels().forEach(c -> before.put(c.getChannel().getValue(), c));
        var order = new LinkedHashSet<String>();
        List<String> used = form.all("use");
        List<String> never = form.all("never");
        if (used.contains(form.text("first"))) {
            order.add(form.text("first"));
        }
        before.keySet().stream().filter(w -> used.contains(w) || never.contains(w)).forEach(order::add);
        order.addAll(used);
        order.addAll(never);
        if (order.isEmpty()) {
            faults.add(NO_WAY);
        }
        var ways = new ArrayList<Map<String, Object>>();
        for (String way : order) {
            var one = new LinkedHashMap<String, Object>();
            one.put("channel", way);
            if (never.contains(way)) {
                one.put("safety", ChannelSafety.UNSAFE.getValue());
            } else if (before.containsKey(way) && before.get(way).getSafety() == ChannelSafety.UNSAFE) {
                one.put("safety", ChannelSafety.UNKNOWN.getValue());
            }
            ways.add(one);
        }
        return ways;
    }

    private static void times(Form form, ContactPreferences now, List<Page.Fault> faults, Map<String, Object> wanted) {
        var times = new ArrayList<Map<String, Object>>();
        var before = now.getSafeTimes() == null ? List.<uk.waymark.api.model.SafeTime>of() : now.getSafeTimes();
        for (int i = 0; i < before.size(); i++) {
            if (!form.all("gone").contains(Integer.toString(i))) {
                times.add(time(before.get(i).getDay().getValue(), before.get(i).getFrom(), before.get(i).getTo()));
            }
        }
        boolean adds = !form.all("day").isEmpty() || form.find("from").isPresent() || form.find("to").isPresent();
        if (adds && (form.all("day").isEmpty() || !form.text("from").matches(CLOCK) || !form.text("to").matches(CLOCK))) {
            faults.add(NO_TIME);
        } else if (adds) {
            form.all("day").forEach(d -> times.add(time(d, form.text("from"), form.text("to"))));
        }
        wanted.put("safe_times", times);
        boolean quiet = form.find("quiet-from").isPresent() || form.find("quiet-to").isPresent();
        if (quiet && !(form.text("quiet-from").matches(CLOCK) && form.text("quiet-to").matches(CLOCK))) {
            faults.add(NO_QUIET);
        }
        wanted.put("quiet_hours", quiet ? Map.of("from", form.text("quiet-from"), "to", form.text("quiet-to")) : null);
    }

    private static Map<String, Object> time(String day, String from, String to) {
        return Map.of("day", day, "from", from, "to", to);
    }

    private static void amount(Form form, List<Page.Fault> faults, Map<String, Object> wanted) {
        form.find("telling").ifPresent(t -> wanted.put("telling", t));
        FormDays.Typed again = FormDays.read(form, "again");
        if ("nothing".equals(form.text("telling"))) {
            if (again.day() == null) {
                faults.add(NO_DAY);
            } else {
                wanted.put("ask_again_on", again.day().toString());
            }
        }
        form.find("urgent").ifPresent(by -> {
            var urgent = new LinkedHashMap<String, Object>();
            urgent.put("by", by);
            form.find("night").ifPresent(n -> urgent.put("at_night", Boolean.valueOf(n)));
            wanted.put("urgent_news", urgent);
        });
    }

    /** In discreet mode what stands is not read back, so an empty field says nothing: what is to go is ticked. */
    private static void calls(Form form, ContactPreferences now, Map<String, Object> wanted) {
        List<String> forget = form.all("forget");
        form.find("voicemail").ifPresent(v -> wanted.put("voicemail", Boolean.valueOf(v)));
        if (forget.contains("word")) {
            wanted.put("word", null);
        } else {
            form.find("word").ifPresent(w -> wanted.put("word", w));
        }
        boolean empties = !now.getDiscreetMode();
        List<String> also = Arrays.stream(form.text("also").split("\n")).map(String::strip).filter(l -> !l.isEmpty()).toList();
        if (forget.contains("may_also_be_told") || empties && also.isEmpty()) {
            wanted.put("may_also_be_told", List.of());
        } else if (!also.isEmpty()) {
            wanted.put("may_also_be_told", also);
        }
        if (forget.contains("if_somebody_else_answers") || empties && form.find("else").isEmpty()) {
            wanted.put("if_somebody_else_answers", null);
        } else {
            form.find("else").ifPresent(e -> wanted.put("if_somebody_else_answers", e));
        }
    }
}
