package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
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

/** Every text of the pages is there in both languages. */
class TextsTest {
    private static final Pattern HOLE = Pattern.compile("\\{\\d}");
    /** The same in both languages. */
    private static final List<String> ALIKE = List.of();

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
                assertEquals(keys, new TreeSet<>(Texts.file(words, lang).stringPropertyNames()), words.getSimpleName() + " in " + lang);
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
            "reasons", values(ReadReason.values(), ReadReason::getValue));
        // reading for a task is not chosen: the page of the task says it
        named.get("reasons").remove(ReadReason.TASK.getValue());
        named.forEach((file, values) -> {
            for (Lang lang : Lang.values()) {
                assertEquals(values, new TreeSet<>(Texts.file(file, lang).stringPropertyNames()), file + " in " + lang);
            }
        });
        Map.of("role", values(ParticipantRole.values(), ParticipantRole::getValue), "stage", values(StageCode.values(), StageCode::getValue),
            "date", values(HearingState.values(), HearingState::getValue), "about", values(CallBackReason.values(), CallBackReason::getValue),
            "asked", values(CallBackState.values(), CallBackState::getValue), "invitation", values(InvitationState.values(), InvitationState::getValue),
            "safe", values(ChannelSafety.values(), ChannelSafety::getValue), "file", values(AttachmentState.values(), AttachmentState::getValue))
            .forEach((what, values) -> {
                for (Lang lang : Lang.values()) {
                    assertEquals(values, Texts.file("words-of-staff", lang).stringPropertyNames().stream().filter(n -> n.startsWith(what + '.'))
                        .map(n -> n.substring(what.length() + 1)).collect(Collectors.toCollection(TreeSet::new)), what + " in " + lang);
                }
            });
        var outcomes = Texts.file("outcomes", Lang.EN).stringPropertyNames();
        assertEquals(outcomes, Texts.file("outcomes", Lang.CY).stringPropertyNames());
    }

    private static <T> TreeSet<String> values(T[] all, Function<T, String> value) {
        return Arrays.stream(all).map(value).collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> holes(String text) {
        return HOLE.matcher(text).results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
