package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Words of names as they are written and as they are looked for. */
class NameWordsTest {

    private static List<String> wholes(String typed) {
        return NameWords.terms(typed).stream().map(NameWords.Term::whole).toList();
    }

    @Test
    void accentsCapitalsAndSignsDoNotMatter() {
        assertEquals(List.of("sian", "gwen", "wyn"), wholes("  Siân, GŴEN (Ŵyn)"));
        assertEquals(List.of("soren", "lodz", "strasse", "aegir"), wholes("Søren Łódź Straße Ægir"));
        assertEquals(List.of("李", "иван"), wholes("李 Иван"));
        assertEquals(List.of(), wholes(" - ' ! "));
        assertEquals(List.of(), wholes(null));
    }

    @Test
    void whatIsJoinedIsOneWordAndItsParts() {
        assertEquals(Set.of("mary", "jane", "maryjane", "o", "brien", "obrien"), NameWords.of("Mary-Jane", "O’Brien", null));
        for (String apostrophe : List.of("'", "’", "‘", "ʼ", "`", "´")) {
            assertEquals(List.of("obrien"), wholes("O" + apostrophe + "Brien"), apostrophe);
        }
        assertEquals(List.of("pritchard", "jones"), NameWords.terms("Pritchard–Jones").getFirst().parts());
        assertEquals(40, NameWords.of("a b ".repeat(3) + String.join(" ", java.util.stream.IntStream.range(0, 90)
            .mapToObj(i -> "word" + i).toList())).size());
    }
}
