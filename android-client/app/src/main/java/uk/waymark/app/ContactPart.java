package uk.waymark.app;

import com.google.gson.JsonObject;

/** A part of how somebody is contacted. It is changed at once or not at all: it is not left to a later line. */
abstract class ContactPart extends FormScreen {
    static final String PATH = "/v1/me/contact-preferences";

    @Override
    protected final String path() {
        return PATH;
    }

    /** Language and discreet mode are always said; of everything else, what is left out stays as it is. */
    @Override
    protected final JsonObject request(JsonObject fields, JsonObject now) {
        JsonObject body = new JsonObject();
        for (String field : new String[] {"language", "discreet_mode", "language_known"}) {
            if (Fields.is(now, field) && !(field.equals("language_known") && fields.has("language"))) {
                body.add(field, now.get(field));
            }
        }
        fields.entrySet().forEach(e -> body.add(e.getKey(), e.getValue()));
        return body;
    }

    /** Whether something is set that is not read back on a phone that others may hold. */
    static boolean keptBack(JsonObject from, String field) {
        return Fields.texts(from, "kept_back").contains(field);
    }
}
