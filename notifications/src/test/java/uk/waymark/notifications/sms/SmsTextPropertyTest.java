package uk.waymark.notifications.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SmsTextPropertyTest {

    /** 3GPP TS 23.038, written down anew: characters of the default alphabet, and of its extension. */
    private static final String DEFAULT = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
        + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";
    private static final int USER_DATA_BYTES = 140;
    private static final int HEADER_BYTES = 6;

    @Property
    void sanitising_twice_changes_nothing_more(@ForAll String text) {
        String once = SmsText.sanitise(text);
        assertEquals(once, SmsText.sanitise(once));
        assertTrue(SmsText.lost(once).isEmpty());
    }

    @Property
    void what_is_sanitised_is_of_the_alphabet_or_welsh(@ForAll String text) {
        SmsText.sanitise(text).codePoints().forEach(c -> assertTrue(DEFAULT.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0
            || "âêîôûŵŷÂÊÎÔÛŴŶáíóúẃýÁÍÓÚẂÝÀÈÌÒÙẀỲẁỳëïẅÿËÏẄŸ".indexOf(c) >= 0, Integer.toHexString(c)));
    }

    @Property
    void nothing_is_lost_unsaid(@ForAll String text) {
        assertEquals(marks(SmsText.sanitise(text)) > marks(text), !SmsText.lost(text).isEmpty());
    }

    private static long marks(String text) {
        return text.chars().filter(c -> c == '?').count();
    }

    /** Against a slow model that tries every way to cut the text into parts which networks could. */
    @Property(tries = 2000)
    void the_segments_are_the_fewest_that_hold_it(@ForAll("texts") String text) {
        assertEquals(fewest(text), SmsText.segments(text), () -> text.length() + " characters");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> gsm = Arbitraries.of("a", "€", "é", "{", "}", "Z", " ", "\n", "\f");
        Arbitrary<String> wide = Arbitraries.of("a", "ŵ", "🙂", "€", "日", "𝐒");
        Arbitrary<Integer> lengths = Arbitraries.oneOf(Arbitraries.integers().between(0, 1000),
            Arbitraries.integers().between(60, 72), Arbitraries.integers().between(125, 165),
            Arbitraries.integers().between(298, 310));
        return Arbitraries.oneOf(gsm, wide).flatMap(ignored -> lengths.flatMap(n -> Arbitraries.oneOf(
            gsm.list().ofSize(n), wide.list().ofSize(n)).map(letters -> String.join("", letters))));
    }

    private static int fewest(String text) {
        boolean gsm = text.codePoints().allMatch(c -> DEFAULT.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
        List<Integer> characters = new ArrayList<>();
        text.codePoints().forEach(c -> characters.add(gsm ? EXTENSION.indexOf(c) >= 0 ? 2 : 1
            : Character.toString(c).getBytes(StandardCharsets.UTF_16BE).length));
        int whole = gsm ? USER_DATA_BYTES * 8 / 7 : USER_DATA_BYTES;
        int part = gsm ? (USER_DATA_BYTES - HEADER_BYTES) * 8 / 7 : USER_DATA_BYTES - HEADER_BYTES;
        if (characters.stream().mapToInt(Integer::intValue).sum() <= whole) {
            return 1;
        }
        // best[i]: fewest parts for the first i characters
        int[] best = new int[characters.size() + 1];
        Arrays.fill(best, 1, best.length, Integer.MAX_VALUE);
        for (int from = 0; from < characters.size(); from++) {
            int size = 0;
            for (int to = from; to < characters.size() && size + characters.get(to) <= part; to++) {
                size += characters.get(to);
                best[to + 1] = Math.min(best[to + 1], best[from] + 1);
            }
        }
        return best[characters.size()];
    }
}
