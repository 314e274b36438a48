package uk.waymark.statements.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever language somebody writes in, it is drawn, and comes out as it was typed. Each was opened and looked at too. */
class ScriptsTest {
    private static final StatementRenderer RENDERER = new StatementRenderer();

    enum Script {
        ENGLISH("en", "I haven’t slept since 3 March — it’s been “awful”. My café lost £1,250.50; efficient offices fluffed it.\n"
            + "Ref. A/B-12_34 & <script>alert(1)</script> 100%.", true),
        WELSH("cy", "Dw i’n byw yng Nghaerdydd gyda’m gŵr. Mae’r tŷ yn wag; ŵyn, ŷd, Ŵyl, ŶCHWANEGU, môr, tîm, llên, hiraeth.", true),
        POLISH("pl", "Zażółć gęślą jaźń. Od tamtej nocy boję się wychodzić z domu; mój mąż źle śpi, łóżko skrzypi.", true),
        UKRAINIAN("uk", "Відтоді я не сплю. Ґанок, їжак, об’єкт.", true),
        VIETNAMESE("vi", "Tôi không ngủ được từ đêm đó, Nguyễn Thị Hương.", true),
        CHINESE("zh-Hans", "自从那天晚上以后，我一直睡不好觉。我的孩子们不敢出门，生活变得很困难。", true),
        CHINESE_WITH_EMOJI("zh-Hant", "繁體中文：憂鬱的臺灣烏龜😢，之後🙂。", true),
        JAPANESE_AND_KOREAN("ja", "眠れません。한국어: 잠을 못 잡니다.", true),
        ARABIC("ar", "السلام عليكم. لم أستطع النوم منذ 3 مارس 2026، وأشعر بالخوف كل ليلة. رقم القضية AB-1234 لا إله إلا الله.", false),
        URDU("ur", "میں اُس رات کے بعد سے سو نہیں سکا۔ میرے بچے گھر سے باہر نکلنے سے ڈرتے ہیں، یہ بہت مشکل ہے۔", false),
        FARSI("fa", "من از آن شب نمی\u200cتوانم بخوابم.", false),
        HEBREW("he", "שלום לכולם. I was alone (לבד).", false),
        PUNJABI("pa", "ਮੈਨੂੰ ਉਸ ਰਾਤ ਤੋਂ ਬਾਅਦ ਨੀਂਦ ਨਹੀਂ ਆਉਂਦੀ। ਸਿੱਖ ਕਿਰਪਾ ਪ੍ਰੇਮ ਸ੍ਵੈ।", false),
        BENGALI("bn", "রাত্রি ক্ষমা বিজ্ঞান স্ত্রী। আমি ঘুমাতে পারি না।", false),
        GUJARATI("gu", "ક્ષેત્ર રાત્રિ જ્ઞાન. હું ઊંઘી શકતો નથી.", false),
        TAMIL("ta", "நான் தூங்க முடியவில்லை கொடுத்தான்", false),
        THAI("th", "ฉันนอนไม่หลับ น้ำ", false),
        AMHARIC_ARMENIAN_GEORGIAN_LAO("am", "አማርኛ\nՀայերեն\nქართული\nຂ້ອຍນອນບໍ່ຫຼັບ", false),
        EMOJI("en", "Feeling 😢 then 🙂 and 👍🏽 family 👨‍👩‍👧 heart ❤️ flag 🇬🇧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 done ✅ 1️⃣.", false),
        ACCENTS_APART("cy", "w\u0302yn y\u0302d a\u0301\u0323", false),
        A_WORD_FROM_THE_RIGHT("pl", "Zażółć السلام (מילה) 12", false),
        MANY("en", "Hello, مرحبا (Anna) 你好 ਸਤ ਸ੍ਰੀ ❤️ привет.", false);

        private final String language;
        private final String text;
        private final boolean plainly;

        /** @param plainly whether plain extraction too gives the text as typed: left to right, a glyph a letter */
        Script(String language, String text, boolean plainly) {
            this.language = language;
            this.text = text;
            this.plainly = plainly;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isDrawnAndComesOutAsItWasTyped(Script script) {
        var rendered = RENDERER.render(Statements.plain(script.language, script.text));
        List<String> typed = Arrays.asList(script.text.split("\n"));
        assertEquals(List.of(), rendered.notDrawn());
        assertEquals(List.of(), ReadBack.badlyDrawn(rendered.pdf()));
        var said = ReadBack.elements(rendered.pdf());
        int first = said.stream().map(ReadBack.Element::text).toList().indexOf(typed.getFirst());
        assertTrue(first > 0, () -> "not in the tag tree: " + script.text);
        assertEquals(typed, said.subList(first, first + typed.size()).stream().map(ReadBack.Element::text).toList());
        String form = script.language.equals("cy") ? "cy" : "en";
        assertEquals(script.language.equals(form) ? null : script.language, said.get(first).language());
        if (script.plainly) {
            String seen = String.join(" ", ReadBack.pages(rendered.pdf())).replace(" ", "");
            assertTrue(seen.contains(script.text.replaceAll("\\s", "")), () -> seen);
        }
        assertEquals(List.of(), ReadBack.notAccessible(rendered.pdf()));
    }
}
