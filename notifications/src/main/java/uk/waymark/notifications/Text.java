package uk.waymark.notifications;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with named fields in braces, taken apart once. */
final class Text {

    private static final Pattern FIELD = Pattern.compile("\\{([a-z0-9_]+)}");

    /** What stands before each field, and after the last one. */
    private final List<String> between = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();

    Text(String words) {
        Matcher found = FIELD.matcher(words);
        int from = 0;
        while (found.find()) {
            between.add(words.substring(from, found.start()));
            fields.add(found.group(1));
            from = found.end();
        }
        between.add(words.substring(from));
    }

    Set<String> fields() {
        return new LinkedHashSet<>(fields);
    }

    boolean hasStrayBrace() {
        return between.stream().anyMatch(words -> words.indexOf('{') >= 0 || words.indexOf('}') >= 0);
    }

    /** @throws IllegalArgumentException naming the field that has no value */
    String fill(Map<String, String> values) {
        if (fields.isEmpty()) {
            return between.getFirst();
        }
        StringBuilder filled = new StringBuilder(160);
        for (int i = 0; i < fields.size(); i++) {
            String value = values.get(fields.get(i));
            if (value == null) {
                throw new IllegalArgumentException("there is no value for the field " + fields.get(i));
            }
            filled.append(between.get(i)).append(value);
        }
        return filled.append(between.getLast()).toString();
    }
}
