package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.sms.SmsText;
import uk.waymark.platform.DataFile;

/** What every text must keep to, whoever changes the words next. */
class WordsTest {
    /** The names of forces: a neutral message could be from a shop, and these are said by every force. */
    private static final List<String> NEVER_AT_ALL = List.of("northmoor", "glanafon");
    /** As long as what is really put there. */
    private static final Map<String, String> LONGEST = new TreeMap<>(Map.of("sign_in_code/code", "123456",
        "invitation/code", "ABCD-EFGH-JKLM", "contact_confirmation/code", "123456"));
    private static final List<String> OF_DATES = List.of("hearing_changed", "hearing_date", "hearing_elsewhere", "hearing_moved",
        "hearing_moved_elsewhere", "hearing_moved_needed", "hearing_needed", "hearing_not_needed", "hearing_off", "hearing_several", "hearing_week_needed", "no_longer_needed");

    static {
        OF_DATES.forEach(name -> {
            LONGEST.put(name + "/when_en", "in the week of Monday 28 September 2026");
            LONGEST.put(name + "/when_cy", "yn yr wythnos sy'n dechrau ddydd Llun 28 Gorffennaf 2026");
        });
        LONGEST.put("hearing_several/count", "12");
        List.of("reminder_question", "reminder_questions", "reminder_details", "reminder_not_needed").forEach(name -> {
            LONGEST.put(name + "/when_en", "on Wednesday 30 September, 10:30am");
            LONGEST.put(name + "/when_cy", "ar ddydd Mercher 30 Gorffennaf, 10:30am");
        });
        List.of("reminder_details", "reminder_not_needed", "hearing_elsewhere", "hearing_moved_elsewhere").forEach(name -> {
            LONGEST.put(name + "/court_en", "Newcastle upon Tyne Combined Court Centre");
            LONGEST.put(name + "/court_cy", "Newcastle upon Tyne Combined Court Centre");
        });
        LONGEST.put("reminder_questions/count", "12");
        LONGEST.put("reminder_questions/last_en", "on Wednesday 30 September");
        LONGEST.put("reminder_questions/last_cy", "ar ddydd Mercher 30 Gorffennaf");
        LONGEST.put("reminder_week/when_en", "in the week of Monday 28 September");
        LONGEST.put("reminder_week/when_cy", "yn yr wythnos sy'n dechrau ddydd Llun 28 Gorffennaf");
        LONGEST.put("run_reminder/when_en", "Wednesday 30 September, 10:30am");
        LONGEST.put("run_reminder/when_cy", "ddydd Mercher 30 Medi, 10:30am");
        LONGEST.put("run_reminder/court_en", "Newcastle upon Tyne Combined Court");
        LONGEST.put("run_reminder/court_cy", "Newcastle upon Tyne Combined Court");
        LONGEST.put("run_correction/when_en", "Wednesday 30 September, 10:30am");
        LONGEST.put("run_correction/when_cy", "ddydd Mercher 30 Medi, 10:30am");
        LONGEST.put("run_correction/court_en", "Newcastle Combined Court");
        LONGEST.put("run_correction/court_cy", "Newcastle Combined Court");
        LONGEST.put("run_correction/wrong_en", "date, time and place");
        LONGEST.put("run_correction/wrong_cy", "dyddiad, amser a lleoliad");
    }

    private static final Map<String, Integer> BUDGET = Map.of("en", 1, "cy", 2);
    private static final Templates TEMPLATES = new MessagingFactory().templates();

    private record Text(String template, String language, String variant, String words) {
        @Override
        public String toString() {
            return template + " " + language + " " + variant;
        }
    }

    static Stream<Text> all() {
        return TEMPLATES.names().stream().flatMap(name -> Stream.of("en", "cy").flatMap(language ->
            TEMPLATES.variants(name).stream().map(variant -> {
                var rendered = TEMPLATES.render(name, language, variant, TEMPLATES.shipped(name).fields());
                assertEquals(language, rendered.language());
                assertEquals(variant, rendered.variant());
                return new Text(name, language, variant, SmsText.sanitise(rendered.text()));
            })));
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepsToTheRules(Text text) {
        String words = text.words().toLowerCase(Locale.ROOT);
        for (String never : NEVER_AT_ALL) {
            assertFalse(words.contains(never), never);
        }
        assertEquals(List.of(), KeptOut.in(text.variant(), words));
        int segments = SmsText.segments(text.words());
        assertTrue(segments <= BUDGET.get(text.language()), "segments: " + segments);
    }

    /** Where a Welsh force does not know the language. */
    @Test
    void bothLanguagesTogetherFitATextMessage() {
        TEMPLATES.names().forEach(name -> TEMPLATES.variants(name).forEach(variant -> {
            String words = SmsText.sanitise(TEMPLATES.asking(TEMPLATES.render(name, Contacts.BOTH_LANGUAGES, variant,
                TEMPLATES.shipped(name).fields())).text());
            assertTrue(words.endsWith("Cymraeg? Atebwch CYMRAEG. English? Reply ENGLISH."), words);
            assertTrue(words.length() <= 918 && SmsText.segments(words) <= 6, name + " takes " + SmsText.segments(words));
            assertEquals(List.of(), KeptOut.in(variant, words));
        }));
    }

    /** Otherwise the budgets above would be held with words that nobody gets. */
    @Test
    void budgetsAreHeldForEveryLanguageWithTheLongestValues() {
        assertEquals(List.of("en", "cy"), TEMPLATES.languages());
        var fields = new TreeMap<String, String>();
        TEMPLATES.names().forEach(name -> {
            assertEquals(BUDGET, TEMPLATES.shipped(name).segments(), name);
            TEMPLATES.shipped(name).fields().forEach((field, value) -> fields.put(name + "/" + field, value));
        });
        assertEquals(LONGEST, fields);
        assertEquals(TEMPLATES.names().size() * 2 * 2, all().count());
    }

    @Test
    void whatIsKeptOutIsFoundWhoeverWroteIt() {
        assertEquals(List.of("has words that are kept out of it: court", "has a link"),
            KeptOut.in("neutral", "Your COURTROOM is on www.example"));
        assertEquals(List.of("has words that are kept out of it: heddlu"), KeptOut.in("neutral", "gan Heddlu Gwent"));
        for (String word : List.of("assault", "rape", "abuse", "hearing", "trial", "detective", "CPS", "trais", "treisio",
                "Threisio", "ymosod", "gwrandawiad", "wrandawiad", "treial", "pol\u00ee\u0063e", "ＲＡＰＥ", "as\u00adsault")) {
            assertFalse(KeptOut.in("neutral", "About the " + word + ".").isEmpty(), word);
        }
        assertEquals(List.of("has words that are kept out of it: rape"), KeptOut.in("plain", "R\u00c0PE"));
        assertEquals(List.of(), KeptOut.in("plain", "The police have news of your court case: https://example.police.uk"));
        assertEquals(List.of("has words that are kept out of it: victim"), KeptOut.in("plain", "Victims"));
        assertEquals(List.of("has words that are kept out of it: police"), KeptOut.in("some new variant", "police"));
    }

    /** What a lock screen shows: the first sentence, and below it the rest. */
    @ParameterizedTest
    @MethodSource("all")
    void theNeutralWordsOfNewsMakeANotification(Text text) {
        if (text.template().startsWith("case_") && text.variant().equals("neutral")) {
            String[] shown = text.words().split("\\. ", 2);
            assertEquals(2, shown.length, "a title and a body");
            assertTrue(shown[0].length() <= 50, "the title is too long for a lock screen");
            assertFalse(text.words().contains("{") || text.words().matches(".*\\d.*"), "nothing of the case");
        }
    }

    @Test
    void bothVariantsOfEveryTemplateAreThere() {
        assertEquals(List.of("call_missed", "case_correction", "case_update", "contact_changed", "contact_confirmation", "hearing_changed",
            "hearing_date", "hearing_elsewhere", "hearing_moved", "hearing_moved_elsewhere", "hearing_moved_needed", "hearing_needed", "hearing_not_needed", "hearing_off",
            "hearing_several", "hearing_week_needed", "invitation", "message_received", "new_sign_in", "no_longer_needed", "out_of_hours",
            "reminder_details",
            "reminder_not_needed", "reminder_question", "reminder_questions", "reminder_week", "reply_call", "reply_cannot",
            "reply_help", "reply_received", "reply_yes", "run_correction", "run_reminder", "sign_in_code", "weekly_summary"),
            List.copyOf(TEMPLATES.names()));
        TEMPLATES.names().forEach(name -> assertEquals(2, TEMPLATES.variants(name).size(), name));
    }

    @Test
    void everyReasonOfTheRulesHasWordsForStaffAndUnsafeTellsNothingOfSuspects() {
        DataFile reasons = DataFile.of("/messages/reasons.properties");
        Stream.of(ContactRules.KEPT_OFF_PHONES, ContactRules.STOPPED, ContactRules.NO_NUMBER, ContactRules.UNSAFE,
            ContactRules.UNKNOWN_IN_FLAGGED_CASE, ContactRules.TO_BE_HANDED_OVER).forEach(code -> {
                assertTrue(reasons.find(code).isPresent(), code);
                assertTrue(code.matches("[a-z_]{1,60}"), code);
            });
        reasons.names().forEach(name -> assertFalse(reasons.text(name).toLowerCase(Locale.ROOT).contains("suspect")));
    }
}
