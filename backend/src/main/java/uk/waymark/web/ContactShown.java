package uk.waymark.web;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.waymark.api.model.AccessibilityNeed;
import uk.waymark.api.model.ChannelName;
import uk.waymark.api.model.ChannelSafety;
import uk.waymark.api.model.ContactChannel;
import uk.waymark.api.model.ContactPreferences;
import uk.waymark.api.model.QuietHours;
import uk.waymark.api.model.SafeTime;
import uk.waymark.api.model.Telling;
import uk.waymark.api.model.UrgentNews;
import uk.waymark.api.model.UrgentNewsBy;
import uk.waymark.api.model.Weekday;

/** How a person is contacted, in words. What the API keeps back in discreet mode is only said to be there. */
final class ContactShown {
    private ContactShown() { }

    /** What there is: title, then the part that it is and what stands now, line by line. */
    static Map<ContactText, Map.Entry<ContactPart, List<String>>> of(Page page, ContactPreferences now) {
        var shown = new LinkedHashMap<ContactText, Map.Entry<ContactPart, List<String>>>();
        shown.put(ContactText.WORDS_TITLE, Map.entry(ContactPart.WORDS, List.of(
            page.t("cy".equals(now.getLanguage().getValue()) ? ContactText.WELSH : ContactText.ENGLISH),
            said(page, ContactText.DISCREET, yesNo(page, now.getDiscreetMode())))));
        shown.put(ContactText.WAYS_TITLE, Map.entry(ContactPart.WAYS, now.getChannels() == null ? List.of() : now.getChannels().stream()
            .map(c -> way(page, c)).toList()));
        shown.put(ContactText.TIMES_TITLE, Map.entry(ContactPart.TIMES, times(page, now)));
        shown.put(ContactText.AMOUNT_TITLE, Map.entry(ContactPart.AMOUNT, amount(page, now)));
        shown.put(ContactText.CALLS_TITLE, Map.entry(ContactPart.CALLS, calls(page, now)));
        shown.put(ContactText.HELP_TITLE, Map.entry(ContactPart.HELP, help(page, now)));
        return shown;
    }

    static String time(Page page, SafeTime time) {
        return page.t(ContactText.SPAN, weekday(page, time.getDay()), clock(page, time.getFrom()), clock(page, time.getTo()));
    }

    static String weekday(Page page, Weekday day) {
        return DayOfWeek.valueOf(day.name()).getDisplayName(TextStyle.FULL_STANDALONE, page.lang().locale());
    }

    static String telling(Page page, Telling telling) {
        return page.t(switch (telling) {
            case EVERYTHING -> ContactText.TELLING_EVERYTHING;
            case WEEKLY_SUMMARY -> ContactText.TELLING_WEEKLY_SUMMARY;
            case ONLY_REQUIRED -> ContactText.TELLING_ONLY_REQUIRED;
            case NOTHING -> ContactText.TELLING_NOTHING;
        });
    }

    static String channel(Page page, ChannelName channel) {
        return page.t(switch (channel) {
            case PUSH -> ContactText.WAY_PUSH;
            case SMS -> ContactText.WAY_SMS;
            case EMAIL -> ContactText.WAY_EMAIL;
            case LETTER -> ContactText.WAY_LETTER;
            case CALL -> ContactText.WAY_CALL;
        });
    }

    static String need(Page page, AccessibilityNeed need) {
        return page.t(ContactText.valueOf("NEED_" + need.name().toUpperCase(Locale.ROOT)));
    }

    private static String way(Page page, ContactChannel way) {
        String name = channel(page, way.getChannel()) + (way.getAddress() == null ? "" : " (" + way.getAddress().replace("\n", ", ") + ")");
        if (way.getSafety() == ChannelSafety.UNSAFE) {
            return page.t(ContactText.WAY_UNSAFE, name);
        }
        return way.getSafety() == ChannelSafety.SAFE ? page.t(ContactText.WAY_CONFIRMED, name)
            : Boolean.FALSE.equals(way.getConfirmed()) ? page.t(ContactText.WAY_WAITS, name) : name;
    }

    private static List<String> times(Page page, ContactPreferences now) {
        var lines = new ArrayList<String>();
        if (now.getSafeTimes() == null || now.getSafeTimes().isEmpty()) {
            lines.add(page.t(ContactText.TIMES_ANY));
        } else {
            now.getSafeTimes().forEach(t -> lines.add(time(page, t)));
        }
        QuietHours quiet = now.getQuietHours();
        lines.add(said(page, ContactText.QUIET, quiet == null ? page.t(ContactText.NONE)
            : page.t(ContactText.HOURS, clock(page, quiet.getFrom()), clock(page, quiet.getTo()))));
        return lines;
    }

    private static List<String> amount(Page page, ContactPreferences now) {
        var lines = new ArrayList<String>();
        if (now.getTelling() != null) {
            lines.add(now.getAskAgainOn() == null ? telling(page, now.getTelling())
                : page.t(ContactText.ASK_AGAIN_ON, page.day(now.getAskAgainOn())));
        }
        UrgentNews urgent = now.getUrgentNews();
        if (urgent != null) {
            lines.add(said(page, ContactText.URGENT,
                page.t(urgent.getBy() == UrgentNewsBy.CALL ? ContactText.URGENT_CALL : ContactText.URGENT_USUAL)));
            lines.add(said(page, ContactText.AT_NIGHT, yesNo(page, urgent.getAtNight())));
        }
        return lines;
    }

    private static List<String> calls(Page page, ContactPreferences now) {
        var lines = new ArrayList<String>();
        lines.add(said(page, ContactText.VOICEMAIL, yesNo(page, now.getVoicemail())));
        if (Boolean.TRUE.equals(now.getWordSet())) {
            lines.add(page.t(ContactText.WORD_SET));
        }
        List<String> kept = now.getKeptBack() == null ? List.of() : now.getKeptBack();
        if (kept.contains("may_also_be_told") || now.getMayAlsoBeTold() != null && !now.getMayAlsoBeTold().isEmpty()) {
            lines.add(said(page, ContactText.ALSO_TOLD, kept.contains("may_also_be_told") ? page.t(ContactText.KEPT_BACK)
                : String.join(", ", now.getMayAlsoBeTold())));
        }
        if (kept.contains("if_somebody_else_answers") || now.getIfSomebodyElseAnswers() != null) {
            lines.add(said(page, ContactText.SOMEBODY_ELSE, kept.contains("if_somebody_else_answers") ? page.t(ContactText.KEPT_BACK)
                : now.getIfSomebodyElseAnswers()));
        }
        return lines;
    }

    private static List<String> help(Page page, ContactPreferences now) {
        if (now.getAccessibilityNeeds() == null || now.getAccessibilityNeeds().isEmpty()) {
            return List.of(page.t(ContactText.NONE));
        }
        var lines = new ArrayList<String>(now.getAccessibilityNeeds().stream().map(n -> need(page, n)).toList());
        if (now.getInterpreterLanguage() != null) {
            lines.add(said(page, ContactText.INTERPRETER, Languages.items(page, now.getInterpreterLanguage())
                .get(now.getInterpreterLanguage())));
        }
        return lines;
    }

    private static String said(Page page, ContactText what, String value) {
        String name = page.t(what);
        return name + (name.endsWith("?") ? " " : ": ") + value;
    }

    private static String yesNo(Page page, Boolean value) {
        return page.t(value == null ? ContactText.NOT_SAID : value ? ContactText.YES : ContactText.NO);
    }

    private static String clock(Page page, String time) {
        return Days.time(LocalTime.parse(time), page.lang());
    }
}
