package uk.waymark.hearings.runs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.platform.CsvRows;
import uk.waymark.platform.ProblemException;

/** A file of reminders: its names, and its lines some at a time. */
final class RunFile {
    private static final int LONGEST_NAME = 60;
    private static final int MOST_IGNORED = 50;
    private final byte[] bytes;
    private final List<String> ignored;

    /** @throws ProblemException 400 where it is no CSV, 422 where it is empty, has not the columns that are needed or breaks off */
    RunFile(byte[] bytes) {
        this.bytes = bytes;
        if (bytes.length == 0 || new String(bytes, 0, Math.min(bytes.length, 1000), StandardCharsets.ISO_8859_1).isBlank()) {
            throw empty();
        }
        try (var rows = CsvRows.of(bytes)) {
            List<String> names = rows.columns();
            List<String> missing = RunLine.NEEDED.stream().filter(name -> !names.contains(name)).toList();
            if (!missing.isEmpty() || !names.contains(RunLine.REFERENCE) && !names.contains(RunLine.URN)) {
                throw ProblemException.unprocessable("", "The first line must name crime_reference (or urn), mobile and hearing_date; "
                    + "hearing_time, court and language may stand there too.");
            }
            if (!rows.hasNext()) {
                throw empty();
            }
            wholeOf(rows);
            this.ignored = names.stream().filter(name -> !RunLine.COLUMNS.contains(name)).limit(MOST_IGNORED)
                .map(name -> name.substring(0, Math.min(LONGEST_NAME, name.length()))).toList();
        }
    }

    /** One open quotation mark takes all lines after it with it: rather none is sent than some, and nobody knows of the rest. */
    private static void wholeOf(CsvRows rows) {
        while (rows.hasNext()) {
            boolean broken = rows.broken();
            long line = rows.next().line();
            if (broken) {
                throw ProblemException.unprocessable("", "From line " + line + " on this file cannot be read: look there for a quotation "
                    + "mark that is not closed, or text behind one. Nothing was started. Put it right and send the whole file again.");
            }
        }
    }

    private static ProblemException empty() {
        return ProblemException.unprocessable("", "There is no line in this file. Send the names of the columns and a line for each "
            + "reminder.");
    }

    /** Names of columns that are not needed. */
    List<String> ignored() {
        return ignored;
    }

    /** Of all its bytes. */
    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param take given the next lines by their number, null for one that cannot be read; never an empty lot */
    void lots(int size, Consumer<Map<Integer, RunLine>> take) {
        try (var rows = CsvRows.of(bytes)) {
            Map<Integer, RunLine> lot = new LinkedHashMap<>();
            while (rows.hasNext()) {
                CsvRows.Row row = rows.next();
                lot.put((int) row.line(), row.error() == null ? RunLine.of(row::text) : null);
                if (lot.size() == size || !rows.hasNext()) {
                    take.accept(lot);
                    lot = new LinkedHashMap<>();
                }
            }
        }
    }
}
