package uk.waymark.cases;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import uk.waymark.cases.FreeText.Reason;

/** Whatever ordinary text stands around it, what must not be shown is found; and no text makes the screen fail. */
class FreeTextPropertyTest {

    private static final FreeText FREE_TEXT = new FreeText();
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int LONGEST = 20_000;

    /** A name as the force's records have it, and as somebody may have typed it. */
    record Name(String known, String written) { }

    @Property(tries = 2_000)
    void aKnownNameIsCaught(@ForAll("prose") String before, @ForAll("name") Name name, @ForAll("prose") String after) {
        var verdict = FREE_TEXT.screen(before + " " + name.written() + " " + after, Set.of(name.known(), "Quigley"));
        assertTrue(verdict.reasons().contains(Reason.NAME));
    }

    @Property(tries = 1_000)
    void aPostcodeIsCaught(@ForAll("prose") String before, @ForAll("postcode") String code,
                           @ForAll("prose") String after) {
        assertTrue(FREE_TEXT.screen(before + " " + code + " " + after, Set.of()).reasons().contains(Reason.POSTCODE));
    }

    @Property(tries = 1_000)
    void aPhoneNumberIsCaught(@ForAll("prose") String before, @ForAll("phone") String phone,
                              @ForAll("prose") String after) {
        var reasons = FREE_TEXT.screen(before + " " + phone + " " + after, Set.of()).reasons();
        assertTrue(reasons.contains(Reason.PHONE_NUMBER));
    }

    @Property(tries = 1_000)
    void aWordFromTheListIsCaught(@ForAll("prose") String before, @ForAll("heldBack") String word,
                                  @ForAll("prose") String after) {
        assertTrue(FREE_TEXT.screen(before + " " + word + " " + after, Set.of()).reasons().contains(Reason.WORD));
    }

    @Property(tries = 150)
    void noTextMakesItFail(@ForAll("anything") String text, @ForAll("anything") String name) {
        var verdict = FREE_TEXT.screen(text, Set.of(name));
        assertFalse(verdict.toString().isEmpty());
    }

    @Example
    void theWorstTextsTakeLinearTime() {
        var units = List.of("a", "A ", "1", "1 ", "1-", "12/", "(0)", "+", "\u0301\u0316", "e\u0301\u0316", "\u202E",
            ".", " ", "\n", "a.", "@", "un co ", "insufficient ", "March 2", "3 March 2026 ", "st1", "12 a ", "Mr ",
            "PC A", "\uFDFA", "\uD83C", "\uDD70", "'", "a'", "Stafford ", "A1 ", "(020) 7", "0.0", "1,", "10:00 ",
            "[at]", "\u00A3");
        FREE_TEXT.screen(units.getFirst().repeat(LONGEST), Set.of("aaaaaa"));
        for (var unit : units) {
            var text = unit.repeat(LONGEST / unit.length());
            var from = CPU.getCurrentThreadCpuTime();
            FREE_TEXT.screen(text, Set.of("aaaaaaaaaaaaaaaab", "O'A-A a"));
            // Processor time of this thread: a busy machine makes no difference to it.
            var took = Duration.ofNanos(CPU.getCurrentThreadCpuTime() - from);
            assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, () -> unit.strip() + " repeated took " + took);
        }
    }

    @Provide
    Arbitrary<String> prose() {
        return Arbitraries.of("the", "officers", "have", "seen", "we", "will", "ring", "you", "on Monday,", "at 10:00",
            "3 March 2026", "03/03/2026", "in court.", "The", "suspect", "was", "arrested;", "case", "(today)",
            "Crown Court", "mae'r", "heddlu", "wedi", "bydd", "treial", "ym mis Medi.", "dydd Llun", "\n", "- ",
            "3 items", "2026", "a", "o")
            .list().ofMinSize(0).ofMaxSize(12).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<Name> name() {
        var listed = Arbitraries.of("Siân", "O'Brien", "Anne-Marie", "Łukasz", "Zoë", "Ng", "Will", "D'Souza", "Müller",
            "van der Berg", "Llewelyn-Jones", "José María", "Nguyễn", "Mac Giolla Phádraig", "Æthelred",
            "Ó Súilleabháin");
        var made = Arbitraries.strings().withChars("abcdefghijklmnopqrstuvwxyzâéïôŵŷ").ofMinLength(2).ofMaxLength(14)
            .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        var ways = Arbitraries.integers().between(0, 7);
        return Combinators.combine(Arbitraries.oneOf(listed, made), ways)
            .as((name, way) -> new Name(name, written(name, way)));
    }

    private static String written(String name, int way) {
        return switch (way) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name.toLowerCase(Locale.ROOT);
            case 2 -> Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
            case 3 -> name.replaceAll("[-' ]", "");
            case 4 -> name.replace('\'', '’').replace('-', ' ') + "’s";
            case 5 -> name.codePoints().mapToObj(Character::toString).collect(joining("\u200B"));
            case 6 -> "\u202B" + name + "\u200F";
            default -> name;
        };
    }

    @Provide
    Arbitrary<String> postcode() {
        var outward = Arbitraries.of("ST16", "CF10", "M1", "B33", "SW1A", "EC1A", "LL57", "E1W", "SA1", "W1A", "NP20");
        var inward = Arbitraries.of("3AB", "1AA", "9ZZ", "2XH");
        var between = Arbitraries.of("", " ", "  ", "\u00A0", "-", "\u200B");
        var lower = Arbitraries.of(true, false);
        return Combinators.combine(outward, inward, between, lower).as((out, in, gap, small) ->
            small ? (out + gap + in).toLowerCase(Locale.ROOT) : out + gap + in);
    }

    @Provide
    Arbitrary<String> phone() {
        var digits = Arbitraries.strings().numeric().ofLength(9);
        var prefix = Arbitraries.of("07", "01", "02", "+447", "+44 (0)1", "00447");
        var gaps = Arbitraries.of("", " ", "-", ".", "\u2011", " - ", "\u200B");
        var every = Arbitraries.integers().between(2, 5);
        return Combinators.combine(prefix, digits, gaps, every).as((start, rest, gap, step) ->
            start + rest.replaceAll("(.{" + step + "})(?=.)", "$1" + gap));
    }

    @Provide
    Arbitrary<String> heldBack() {
        var words = Arbitraries.of("uncooperative", "evidential difficulties", "alleged victim", "unreliable",
            "hostile", "lack of credibility", "complainant", "insufficient evidence due to victim", "anghydweithredol",
            "anawsterau tystiolaethol", "dioddefwr honedig", "achwynydd", "celwyddog", "gelyniaethus");
        return Combinators.combine(words, Arbitraries.integers().between(0, 6)).as((word, way) -> switch (way) {
            case 0 -> word.toUpperCase(Locale.ROOT);
            case 1 -> word.replace(" ", "-");
            case 2 -> word.replace(" ", " \n\t ");
            case 3 -> word.codePoints().mapToObj(Character::toString).collect(joining("\u200D"));
            case 4 -> word.replace('o', '\u043E').replace('e', '\u0435').replace('a', '\uFF41');
            case 5 -> word.codePoints().mapToObj(Character::toString).collect(joining(" "));
            default -> word;
        });
    }

    @Provide
    Arbitrary<String> anything() {
        var any = Arbitraries.strings().all().ofMaxLength(LONGEST);
        var odd = Arbitraries.strings().withChars("aA1 .-'@/:+(\u0301\u200B\u202E\uD800\uDC00\uFDFA\n,")
            .ofMaxLength(3_000);
        return Arbitraries.oneOf(any, odd);
    }
}
