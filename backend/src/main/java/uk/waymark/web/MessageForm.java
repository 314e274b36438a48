package uk.waymark.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message that is being written, as the page holds it: the files that were added stay in hidden fields until it is sent.
 *
 * @param files in their order
 */
public record MessageForm(List<Named> files) {
    static final String BODY = "body";
    static final String FILE = "file";
    private static final String KEPT = "kept";
    private static final int ID = 36;

    /** A file that the API has. */
    public record Named(UUID id, String name) {
        /** For a hidden field. */
        public String packed() {
            return id + " " + name;
        }

        private static Optional<Named> of(String packed) {
            try {
                return packed.length() < ID ? Optional.empty()
                    : Optional.of(new Named(UUID.fromString(packed.substring(0, ID)), packed.substring(ID).strip()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Without its name. */
        @Override
        public String toString() {
            return "Named[" + id + "]";
        }
    }

    static MessageForm of(Form form) {
        return new MessageForm(form.all(KEPT).stream().map(Named::of).flatMap(Optional::stream).distinct().toList());
    }

    /** The words as they were typed, with line ends as the API keeps them. */
    static String body(Form form) {
        return form.all(BODY).stream().findFirst().orElse("").replace("\r\n", "\n");
    }

    /** Rounded down to a tenth, so that nobody is told more than is taken. */
    public static String megabytes(int bytes) {
        return BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1 << 20), 1, RoundingMode.DOWN).stripTrailingZeros().toPlainString();
    }

    MessageForm with(Named file) {
        var more = new ArrayList<>(files);
        more.add(file);
        return new MessageForm(List.copyOf(more));
    }

    MessageForm without(String id) {
        return new MessageForm(files.stream().filter(f -> !f.id().toString().equals(id)).toList());
    }
}
