package uk.waymark.platform;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a CSV as spreadsheets write them: UTF-8 with or without a byte-order mark, or Windows-1252; CRLF or LF; commas
 * at the end of lines; quoted fields with line breaks in them. The first line that says anything names the columns, in any
 * order and any case; lines that say nothing are passed over. Rows are read one by one, so a long file costs no more than a
 * short one.
 */
public final class CsvRows implements Iterator<CsvRows.Row>, AutoCloseable {
    private static final Charset SPREADSHEETS = Charset.forName("windows-1252");
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LONGEST_FIELD = 10_000;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Map<String, Integer> columns;
    private final List<String> names;
    private CSVRecord next;
    private long nextLine;
    private long line = 1;
    private boolean broken;

    /**
     * @param line  on which it begins, the header's being 1 where nothing stands before it
     * @param error what makes the row unreadable, for the person who sent it; null where it can be read. After such a row there is none
     */
    public record Row(long line, Map<String, String> fields, String error) {
        /** The field without white space around it; null where it is empty or the row has none. @param column in small letters */
        public String text(String column) {
            String text = fields.get(column);
            return text == null || text.isEmpty() ? null : text;
        }

        /** Without what stands in it. */
        @Override
        public String toString() {
            return "Row[line=" + line + "]";
        }
    }

    private CsvRows(Reader reader) {
        try {
            this.parser = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get().parse(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.records = parser.iterator();
        this.names = new ArrayList<>();
        this.columns = new LinkedHashMap<>();
        advance();
        if (next == null || broken) {
            throw ProblemException.badRequest("", broken ? "The first line is not CSV that can be read: look for a quotation mark "
                + "that is not closed." : "The file is empty. Its first line names the columns.");
        }
        for (int i = 0; i < next.size(); i++) {
            String name = next.get(i).strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
            if (!name.isEmpty() && columns.putIfAbsent(name, i) != null) {
                throw ProblemException.badRequest("", "The first line names a column twice: column " + (i + 1) + ". Keep one.");
            }
            names.add(name);
        }
        advance();
    }

    /** @throws ProblemException 400 where there is no first line that names columns */
    public static CsvRows of(byte[] body) {
        return of(new ByteArrayInputStream(body), decodes(body) ? StandardCharsets.UTF_8 : SPREADSHEETS);
    }

    /**
     * Of a file that can be opened twice: once to see how it is encoded, once to read it.
     *
     * @throws ProblemException 400 where there is no first line that names columns
     */
    public static CsvRows of(Opened file) {
        try {
            boolean utf8;
            try (InputStream in = file.open()) {
                utf8 = decodes(in);
            }
            return of(file.open(), utf8 ? StandardCharsets.UTF_8 : SPREADSHEETS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a file from its beginning. */
    @FunctionalInterface
    public interface Opened {
        InputStream open() throws IOException;
    }

    private static CsvRows of(InputStream in, Charset charset) {
        try {
            var bytes = new BufferedInputStream(in);
            bytes.mark(BOM.length);
            if (!Arrays.equals(bytes.readNBytes(BOM.length), BOM)) {
                bytes.reset();
            }
            return new CsvRows(new InputStreamReader(bytes, charset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean decodes(byte[] body) {
        try {
            return decodes(new ByteArrayInputStream(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hardly anything but UTF-8 reads as UTF-8. */
    private static boolean decodes(InputStream in) throws IOException {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var bytes = ByteBuffer.allocate(8192);
        var chars = CharBuffer.allocate(8192);
        try {
            for (int read; (read = in.read(bytes.array(), bytes.position(), bytes.remaining())) >= 0;) {
                bytes.position(bytes.position() + read).flip();
                check(decoder.decode(bytes, chars, false));
                chars.clear();
                bytes.compact();
            }
            check(decoder.decode(bytes.flip(), chars, true));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void check(java.nio.charset.CoderResult result) throws CharacterCodingException {
        if (result.isError()) {
            result.throwException();
        }
    }

    /** The names of the columns, in small letters with underscores, in their order; those without a name left out. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** The first of these columns that the file does not have. */
    public Optional<String> missing(String... wanted) {
        return Arrays.stream(wanted).filter(name -> !columns.containsKey(name)).findFirst();
    }

    @Override
    public boolean hasNext() {
        return next != null || broken;
    }

    /** Whether the row that {@link #next} gives says only that nothing from there on can be read. */
    public boolean broken() {
        return broken;
    }

    @Override
    public Row next() {
        if (broken) {
            broken = false;
            return new Row(nextLine, Map.of(), "From here on it is not CSV that can be read: look for a quotation mark that is not "
                + "closed, or text behind one. Nothing after it was taken.");
        }
        if (next == null) {
            throw new NoSuchElementException();
        }
        Row row = row();
        advance();
        return row;
    }

    private Row row() {
        var fields = new LinkedHashMap<String, String>();
        String error = null;
        for (int i = 0; i < next.size(); i++) {
            String text = shown(next.get(i));
            if (text.length() > LONGEST_FIELD) {
                error = "Column " + (i + 1) + " is longer than " + LONGEST_FIELD + " characters.";
                text = "";
            }
            if (i < names.size()) {
                if (!names.get(i).isEmpty()) {
                    fields.put(names.get(i), text);
                }
            } else if (!text.isEmpty()) {
                error = "It has more fields than the first line names columns. Put quotation marks round a field with a comma in it.";
            }
        }
        return new Row(nextLine, fields, error);
    }

    /** A line break inside a name is a space; what no screen shows is left out. */
    private static String shown(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").replaceAll("[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]+", "")
            .replaceAll("[\\s\\p{Zs}]+", " ").strip();
    }

    private void advance() {
        next = null;
        try {
            while (next == null && records.hasNext()) {
                CSVRecord record = records.next();
                nextLine = line;
                line = parser.getCurrentLineNumber() + 1;
                boolean says = false;
                for (String field : record) {
                    says |= !field.isBlank();
                }
                next = says ? record : null;
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            // what it says would quote the file
            broken = true;
            nextLine = line;
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
