package uk.waymark.platform;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;

/** Builds a page. Whatever comes from outside goes through {@link #text} or an attribute, and is escaped there. */
public final class Html {
    private static final String POLICY =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private final StringBuilder page = new StringBuilder(16_384);

    /** Markup of our own. */
    public Html raw(String markup) {
        page.append(markup);
        return this;
    }

    /** Text from anywhere. */
    public Html text(Object text) {
        page.append(escape(String.valueOf(text)));
        return this;
    }

    /** An element with text in it. @param open name and attributes of our own, such as {@code p class="note"} */
    public Html element(String open, Object text) {
        String name = open.contains(" ") ? open.substring(0, open.indexOf(' ')) : open;
        return raw("<" + open + ">").text(text).raw("</" + name + ">");
    }

    /** An attribute's value, with quotes. */
    public Html quoted(Object value) {
        return raw("\"").text(value).raw("\"");
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** The start of every page: no script, one style sheet of our own. */
    public static Html page(String title) {
        return new Html().raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
            .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .element("title", title).raw("<link rel=\"stylesheet\" href=\"/docs/style.css\"></head><body>");
    }

    /** The page, with the policy that keeps everything foreign out. */
    public MutableHttpResponse<String> answer() {
        return HttpResponse.ok(page + "</body></html>").contentType("text/html; charset=utf-8").header("Content-Security-Policy", POLICY);
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
