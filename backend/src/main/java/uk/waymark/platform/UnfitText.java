package uk.waymark.platform;

import com.fasterxml.jackson.databind.JsonNode;

/** Texts that no database keeps and no phone shows. */
final class UnfitText {
    private UnfitText() { }

    /** The pointer to the first text or name that holds a NUL or a lone surrogate; null where none does. */
    static String first(JsonNode node, String at) {
        if (node.isTextual()) {
            return unfit(node.textValue()) ? at : null;
        }
        for (var field : node.properties()) {
            String inside = ContractSchemas.inside(at, field.getKey());
            String found = unfit(field.getKey()) ? at : first(field.getValue(), inside);
            if (found != null) {
                return found;
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            String found = first(node.get(i), at + '/' + i);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    static Problem.Field complaint(String pointer) {
        return new Problem.Field(pointer, "holds a NUL or half a character; take it out");
    }

    private static boolean unfit(String text) {
        return text.indexOf('\0') >= 0 || text.codePoints().anyMatch(p -> Character.getType(p) == Character.SURROGATE);
    }
}
