package uk.waymark.platform;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables for spreadsheets (RFC 4180). No cell is ever taken for a formula. */
public final class Csv {
    private Csv() { }

    /** @param rows the names first; null is an empty cell */
    public static String of(List<? extends List<?>> rows) {
        return rows.stream().map(row -> row.stream().map(Csv::cell).collect(Collectors.joining(",")))
            .flatMap(line -> Stream.of(line, "\r\n")).collect(Collectors.joining());
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (!(value instanceof Number) && !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0) {
            // what a spreadsheet would reckon with is shown as it is
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> "\",\r\n'".indexOf(c) >= 0) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
