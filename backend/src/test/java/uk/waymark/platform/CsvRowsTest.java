package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRowsTest {
    private static List<CsvRows.Row> rows(String text, Charset charset) {
        return rows(text.getBytes(charset));
    }

    private static List<CsvRows.Row> rows(byte[] body) {
        var all = new ArrayList<CsvRows.Row>();
        try (var rows = CsvRows.of(body)) {
            rows.forEachRemaining(all::add);
        }
        return all;
    }

    @Test
    void aSpreadsheetSavedInWindows1252WithTrailingCommasIsRead() {
        var rows = rows("Crime reference,court,,\r\nNS-1,Caernarf\u00f4n \u2013 Llys,,\r\n,,,\r\nNS-2,\"Two,\r\nlines\",,\r\nNS-3,x,,\r\n",
            Charset.forName("windows-1252"));
        assertEquals(List.of(2L, 4L, 6L), rows.stream().map(CsvRows.Row::line).toList());
        assertEquals("Caernarf\u00f4n \u2013 Llys", rows.get(0).text("court"));
        assertEquals("NS-1", rows.get(0).text("crime_reference"));
        assertEquals("Two, lines", rows.get(1).text("court"));
        assertNull(rows.get(1).error());
    }

    @Test
    void utf8IsReadWithAndWithoutAMarkAndFromAFileThatIsOpenedTwice() {
        byte[] body = "\uFEFFcourt,room\nT\u0177 Ll\u0175yd,\n".getBytes(StandardCharsets.UTF_8);
        assertEquals("T\u0177 Ll\u0175yd", rows(body).getFirst().text("court"));
        assertNull(rows(body).getFirst().text("room"));
        try (var rows = CsvRows.of(() -> new ByteArrayInputStream(body))) {
            assertEquals(List.of("court", "room"), rows.columns());
            assertEquals("T\u0177 Ll\u0175yd", rows.next().text("court"));
        }
    }

    @Test
    void lineNumbersHoldOverALongFileWithCharactersOfSeveralBytes() {
        var text = new StringBuilder("name,n\n");
        for (int i = 0; i < 30_000; i++) {
            text.append("\u0175\u0177\u2019").append(i % 7).append(',').append(i).append('\n');
        }
        var rows = rows(text.toString(), StandardCharsets.UTF_8);
        assertEquals(30_000, rows.size());
        assertEquals(30_001, rows.getLast().line());
        assertEquals("29999", rows.getLast().text("n"));
    }

    @Test
    void aRowWithMoreFieldsThanColumnsIsNamed() {
        var rows = rows("a,b\n1,2,3\n4,5,\n", StandardCharsets.UTF_8);
        assertNotNull(rows.get(0).error());
        assertNull(rows.get(1).error());
    }

    @Test
    void whatCannotBeReadEndsTheFileAndIsNamed() {
        var rows = rows("a,b\n1,2\n3,\"never closed\n4,5\n", StandardCharsets.UTF_8);
        assertEquals("1", rows.get(0).text("a"));
        assertEquals(3, rows.getLast().line());
        assertNotNull(rows.getLast().error());
    }

    @Test
    void aFileWithoutAHeaderIsRefused() {
        assertThrows(ProblemException.class, () -> rows(new byte[0]));
        assertThrows(ProblemException.class, () -> rows("a,A\n1,2\n", StandardCharsets.UTF_8));
    }
}
