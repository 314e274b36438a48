package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.waymark.api.model.AttachmentState;
import uk.waymark.api.model.CallBackReason;
import uk.waymark.api.model.CallBackState;
import uk.waymark.api.model.ChannelSafety;
import uk.waymark.api.model.HearingState;
import uk.waymark.api.model.InvitationState;
import uk.waymark.api.model.ParticipantRole;
import uk.waymark.api.model.QueueItemKind;
import uk.waymark.api.model.ReadReason;
import uk.waymark.api.model.StageCode;
import uk.waymark.api.model.StandingState;
import uk.waymark.api.model.StandingStep;

/** Every text of the pages is there in both languages. */
class TextsTest {
    private static final Pattern HOLE = Pattern.compile("\\{\\d}");
    /** The same in both languages. */
    private static final List<String> ALIKE = List.of();

    /** None of them is in a text of ours: what a court calls things comes from the API, with its explanation. */
    private static final List<String> TERMS = List.of("adjourn\\w*", "arraign\\w*", "acquit\\w*", "indict\\w*", "bail", "remand\\w*", "plea",
        "mitigation", "disclosure", "special measures", "subpoena", "summons", "intermediary", "magistrate\\w*", "prosecut\\w*", "defendant",
        "allegation", "pursuant", "herein", "notwithstanding", "jurisdiction", "custodial", "perpetrator", "offender", "vps", "cps");
    private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
    private static final int LEAST_WORDS = 6;
    private static final int MOST_WORDS = 24;
    /** Years of school: 9 is the age of 14, for one sentence with a long name in it; 4 is the age of 9, for all of them. */
    private static final double HARDEST_SENTENCE = 9.5;
    private static final double HARDEST = 4;

    private static List<Class<?>> enums() {
        return new ClassFileImporter().importPackages("uk.waymark.web").stream()
            .filter(c -> c.isEnum() && c.isAssignableTo(Words.class)).<Class<?>>map(c -> c.reflect()).toList();
    }

    @Test
    void everyTextIsInBothLanguagesAndNoMore() {
        assertFalse(enums().isEmpty());
        for (Class<?> words : enums()) {
            var keys = Arrays.stream(words.getEnumConstants()).map(k -> ((Enum<?>) k).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
            for (Lang lang : Lang.values()) {
                assertEquals(keys, new TreeSet<>(Texts.file(words, lang).names()), words.getSimpleName() + " in " + lang);
            }
        }
    }

    @Test
    void theWelshIsNoCopyAndHasTheSameHoles() {
        for (Class<?> words : enums()) {
            for (Object key : words.getEnumConstants()) {
                String english = Texts.of((Words) key, Lang.EN);
                String welsh = Texts.of((Words) key, Lang.CY);
                assertFalse(welsh.isBlank(), key.toString());
                assertTrue(!english.equals(welsh) || ALIKE.contains(english), key + " is not translated");
                assertEquals(holes(english), holes(welsh), key.toString());
            }
        }
    }

    /** What the contract can name has words, and nothing else has. */
    @Test
    void whateverTheContractCanNameHasWordsInBothLanguages() {
        var named = Map.of("kinds", values(QueueItemKind.values(), QueueItemKind::getValue),
            "standings", values(StandingState.values(), StandingState::getValue),
            "nexts", values(StandingStep.values(), StandingStep::getValue),
            "reasons", values(ReadReason.values(), ReadReason::getValue));
        // reading for a task is not chosen: the page of the task says it
        named.get("reasons").remove(ReadReason.TASK.getValue());
        named.forEach((file, values) -> {
            for (Lang lang : Lang.values()) {
                assertEquals(values, new TreeSet<>(Texts.file(file, lang).names()), file + " in " + lang);
            }
        });
        Map.of("role", values(ParticipantRole.values(), ParticipantRole::getValue), "stage", values(StageCode.values(), StageCode::getValue),
            "date", values(HearingState.values(), HearingState::getValue), "about", values(CallBackReason.values(), CallBackReason::getValue),
            "asked", values(CallBackState.values(), CallBackState::getValue), "invitation", values(InvitationState.values(), InvitationState::getValue),
            "safe", values(ChannelSafety.values(), ChannelSafety::getValue), "file", values(AttachmentState.values(), AttachmentState::getValue))
            .forEach((what, values) -> {
                for (Lang lang : Lang.values()) {
                    assertEquals(values, Texts.file("words-of-staff", lang).names().stream().filter(n -> n.startsWith(what + '.'))
                        .map(n -> n.substring(what.length() + 1)).collect(Collectors.toCollection(TreeSet::new)), what + " in " + lang);
                }
            });
        var outcomes = Texts.file("outcomes", Lang.EN).names();
        assertEquals(outcomes, Texts.file("outcomes", Lang.CY).names());
    }

    @Test
    void aWelshDayIsSoftAfterWhatSoftensIt() {
        assertEquals("Gofynnwyd amdani ar ddydd Mawrth 8 Rhagfyr, 10yb", Texts.of(CallsText.ASKED_AT, Lang.CY, "Dydd Mawrth 8 Rhagfyr, 10yb"));
        assertEquals("Yn wythnos Dydd Llun 7 Rhagfyr", Texts.of(DatesText.WEEK_OF, Lang.CY, "Dydd Llun 7 Rhagfyr"));
    }

    private static <T> TreeSet<String> values(T[] all, Function<T, String> value) {
        return Arrays.stream(all).map(value).collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> holes(String text) {
        return HOLE.matcher(text).results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each look is at a page made from the template that its line names: LookedAt sees to that. */
    @Test
    void everyTemplateOfAPageIsLookedAtInChromium() throws IOException {
        var looked = PagesUnderTest.ALL.stream().map(PagesUnderTest.Under::template).filter(t -> !t.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
        try (var files = Files.list(Path.of("src/main/jte/pages"))) {
            assertEquals(files.map(f -> f.getFileName().toString().replace(".jte", "")).collect(Collectors.toCollection(TreeSet::new)),
                looked, "a template without a line in PagesUnderTest, or the other way round");
        }
        var names = PagesUnderTest.ALL.stream().map(PagesUnderTest.Under::name).toList();
        assertEquals(names.size(), new TreeSet<>(names).size(), "two pages of one name");
        for (String kept : PagesUnderTest.MAIN) {
            assertTrue(names.contains(kept.replaceFirst("-(360-(en|cy)|1280-en)$", "")), "a picture of no page: " + kept);
        }
    }

    /**
     * Plain words for who is frightened or tired: by Flesch and Kincaid, which counts words in a sentence and syllables in a word. It is
     * made for English; Welsh has no measure of its own that is agreed on, and is not measured.
     */
    @Test
    void whatPeopleReadInEnglishIsShortAndPlain() {
        int words = 0;
        int syllables = 0;
        int sentences = 0;
        var hard = new ArrayList<String>();
        for (Class<?> texts : enums()) {
            if (!texts.getPackageName().equals("uk.waymark.web")) {
                continue; // of staff
            }
            for (Object key : texts.getEnumConstants()) {
                for (String sentence : Texts.of((Words) key, Lang.EN).split("(?<=[.!?:;])\\s+")) {
                    List<String> all = Arrays.stream(sentence.split("[^A-Za-z’'0-9{}]+")).filter(w -> !w.isEmpty()).toList();
                    if (all.size() < LEAST_WORDS) {
                        continue; // a label is no sentence, and would make the rest look easier than it is
                    }
                    int heard = all.stream().mapToInt(TextsTest::syllables).sum();
                    words += all.size();
                    syllables += heard;
                    sentences++;
                    if (all.size() > MOST_WORDS || grade(all.size(), 1, heard) > HARDEST_SENTENCE) {
                        hard.add(key + ": " + sentence);
                    }
                }
            }
        }
        assertEquals(List.of(), hard);
        double grade = grade(words, sentences, syllables);
        assertTrue(sentences > 100 && grade < HARDEST, "years of school: " + grade);
    }

    private static double grade(int words, int sentences, int syllables) {
        return 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    }

    private static int syllables(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        int vowels = (int) VOWELS.matcher(plain).results().count();
        return plain.isEmpty() ? 0 : Math.max(1, vowels > 1 && plain.endsWith("e") && !plain.endsWith("le") ? vowels - 1 : vowels);
    }

    /** Where a term of the law cannot be done without, what it means stands in the same text or beside it on the same page. */
    @Test
    void termsOfTheLawStandNowhereAlone() {
        for (Class<?> texts : enums()) {
            if (texts.getPackageName().equals("uk.waymark.web")) {
                for (Object key : texts.getEnumConstants()) {
                    String text = Texts.of((Words) key, Lang.EN).toLowerCase(Locale.ROOT);
                    TERMS.forEach(term -> assertFalse(text.matches("(?s).*\\b" + term + "\\b.*"), key + " says " + term));
                }
            }
        }
    }
}
