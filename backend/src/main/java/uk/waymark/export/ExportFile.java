package uk.waymark.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.inject.Singleton;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Html;

/**
 * The ZIP: {@code index.html} for people, which needs nothing beside it and prints, and {@code my-information.json} for
 * machines. Written as it is read; of each part no more than a page is held.
 */
@Singleton
final class ExportFile {
    private static final String STYLE = """
        body{font:1.05rem/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
        dl{border-top:1px solid #767676;padding-top:.5rem;break-inside:avoid}dt{font-weight:bold}dd{margin:0 0 .4rem;white-space:pre-wrap}
        a{color:#00427a}nav ul{padding-left:1.2rem}@media print{nav{display:none}body{margin:0;max-width:none}}""";
    private final List<Exported> parts;
    private final ExportWords words;

    ExportFile(List<Exported> parts, ExportWords words) {
        this.parts = parts.stream().sorted(Comparator.comparingInt(Exported::place)).toList();
        this.words = words;
    }

    /** @param contacts of the forces, for asking for all that they hold; by the force's name in this language */
    void write(Caller.OwnView person, String language, Instant now, Map<String, String> contacts, OutputStream to) throws IOException {
        try (var zip = new ZipOutputStream(to, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("index.html"));
            var page = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
            page(person, language, now, contacts, page);
            page.flush();
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("my-information.json"));
            json(person, language, now, contacts, zip);
            zip.closeEntry();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void page(Caller.OwnView person, String language, Instant now, Map<String, String> contacts, Writer to) throws IOException {
        var top = new Html().raw("<!doctype html><html lang=\"" + language + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .element("title", words.of(language, "title")).raw("<style>" + STYLE + "</style></head><body><main>")
            .element("h1", words.of(language, "title"))
            .element("p", words.of(language, "made_at") + ' ' + words.shown(language, now))
            .element("p", words.of(language, "what")).element("p", words.of(language, "keep_safe"))
            .raw("<nav aria-label=").quoted(words.of(language, "contents")).raw("><ul>");
        parts.forEach(part -> top.raw("<li><a href=\"#" + part.name() + "\">").text(words.of(language, part.name())).raw("</a></li>"));
        to.write(top.raw("</ul></nav>").toString());
        for (Exported part : parts) {
            to.write(new Html().element("h2 id=\"" + part.name() + "\"", words.of(language, part.name())).toString());
            var any = new boolean[1];
            part.to(person, language, item -> {
                any[0] = true;
                write(to, item(part, language, item));
            });
            if (!any[0]) {
                to.write(new Html().element("p", words.of(language, "nothing")).toString());
            }
        }
        var end = new Html().element("h2", words.of(language, "more")).element("p", words.of(language, "more_text"));
        contacts.forEach((force, contact) -> end.raw("<dl>").element("dt", force).element("dd", contact).raw("</dl>"));
        to.write(end.raw("</main></body></html>").toString());
    }

    private String item(Exported part, String language, Map<String, Object> item) {
        var html = new Html().raw("<dl>");
        item.forEach((name, value) -> {
            if (value != null) {
                html.element("dt", words.of(language, part.name() + '.' + name)).element("dd",
                    words.shown(language, part.name() + '.' + name, value));
            }
        });
        return html.raw("</dl>").toString();
    }

    private void json(Caller.OwnView person, String language, Instant now, Map<String, String> contacts, OutputStream to)
            throws IOException {
        // the ZIP goes on after this entry
        JsonGenerator json = new JsonFactory().createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeNumberField("version", 1);
        json.writeStringField("made_at", now.toString());
        json.writeStringField("language", language);
        for (Exported part : parts) {
            json.writeArrayFieldStart(part.name());
            part.to(person, language, item -> write(json, item));
            json.writeEndArray();
        }
        json.writeArrayFieldStart("subject_access");
        contacts.forEach((force, contact) -> write(json, Map.of("force", force, "contact", contact)));
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }

    private static void write(JsonGenerator json, Map<String, Object> item) {
        try {
            json.writeStartObject();
            for (var field : item.entrySet()) {
                switch (field.getValue()) {
                    case null -> { }
                    case Boolean yes -> json.writeBooleanField(field.getKey(), yes);
                    case Integer number -> json.writeNumberField(field.getKey(), number);
                    default -> json.writeStringField(field.getKey(), field.getValue().toString());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Writer to, String text) {
        try {
            to.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
