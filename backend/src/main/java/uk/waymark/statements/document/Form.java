package uk.waymark.statements.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import uk.waymark.statements.document.Block.Style;

/** One statement on its form: what is said where. */
final class Form {
    private static final float MARGIN_SIZE = 8.5f;
    private static final float HASH_SIZE = 6.5f;
    private static final float HEAD_Y = 806;
    private static final float FOOT_Y = 48;
    private static final float HASH_Y = 34;
    private final StatementDocument statement;
    private final FormWords words;
    private final Typefaces typefaces;
    private final String form;
    private final Set<String> missing = new LinkedHashSet<>();
    private final Lines lines;

    Form(StatementDocument statement, FormWords words, Typefaces typefaces) {
        this.statement = statement;
        this.words = words;
        this.typefaces = typefaces;
        form = FormWords.formLanguage(statement.language());
        lines = new Lines(new Shaper(typefaces, missing));
    }

    RenderedStatement render() {
        var all = new ArrayList<>(head());
        all.addAll(declaration());
        all.addAll(body());
        List<Sheet> sheets = Sheet.of(all);
        try (var paper = new Paper(typed(title() + ", " + statement.maker()).said(), tag(form))) {
            for (int page = 1; page <= sheets.size(); page++) {
                paper.add(sheets.get(page - 1), margins(page, sheets.size()));
            }
            return new RenderedStatement(paper.bytes(), sheets.size(), List.copyOf(missing));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is read or written but memory
        }
    }

    private List<Block> head() {
        var head = new ArrayList<Block>();
        head.add(block(Style.TITLE, Typed.of(title()), true));
        head.add(block(Style.SMALL, Typed.of(word("law")), true));
        head.add(field("crime_reference", statement.crimeReference()));
        if (statement.urn() != null) {
            head.add(field("urn", statement.urn()));
        }
        head.add(field("statement_of", statement.maker()));
        head.add(field("age", age()));
        if (statement.onBehalf() != null) {
            head.add(onBehalf(statement.onBehalf()));
        }
        if (statement.organisation() != null) {
            head.add(field("organisation", statement.organisation().name()));
            head.add(field("authority", statement.organisation().authority()));
        }
        if (statement.furtherTo() != null) {
            head.add(sentence(word("further").replace("{day}", words.day(form, statement.furtherTo()))));
        }
        if (statement.translation() != null) {
            var translation = statement.translation();
            head.add(sentence(word("translation").replace("{language}", words.languageName(form, translation.from()))
                .replace("{day}", words.day(form, translation.day()))
                .replace("{translator}", isolated(translation.translator()))));
        }
        return head;
    }

    /** A blank line where nobody knows it: paper is filled in by hand, and says nothing that is not so. */
    private String age() {
        return statement.age() == null ? word("age.unknown") : age(statement.age());
    }

    private String age(int years) {
        return years >= 18 ? word("age.over_18") : Integer.toString(years);
    }

    private Block onBehalf(StatementDocument.OnBehalf onBehalf) {
        return onBehalf.name() == null ? sentence(word("on_behalf.nobody." + onBehalf.capacity()))
            : field("on_behalf." + onBehalf.capacity(), onBehalf.ages().isEmpty() ? onBehalf.name() : onBehalf.name()
                + onBehalf.ages().stream().map(this::age).collect(Collectors.joining(", ", " (", ")")));
    }

    /** As it was signed, so without a number of pages: those are counted when it is drawn. */
    private List<Block> declaration() {
        var declaration = new ArrayList<Block>();
        declaration.add(block(Style.HEADING, Typed.of(word("declaration")), true));
        for (StatementDocument.Declared declared : statement.declarations()) {
            declaration.add(block(Style.BODY, declared.language().equals(form) ? null : tag(declared.language()),
                typed(declared.text()), 0, false));
        }
        return declaration;
    }

    private List<Block> body() {
        var body = new ArrayList<Block>();
        body.add(block(Style.HEADING, Typed.of(word("statement")), true));
        List<Typed> paragraphs = Typed.paragraphs(statement.text(), typefaces::cover, missing);
        String language = textLanguage();
        for (int i = 0; i < paragraphs.size(); i++) {
            // no signature on a page of its own: the last words go with it
            body.add(block(Style.BODY, language, paragraphs.get(i), 0, i + 1 == paragraphs.size()));
        }
        body.add(block(Style.HEADING, Typed.of(word("signature")), true));
        body.add(field("signed", statement.signature()));
        body.add(field("signed_at", words.at(form, statement.signedAt())));
        if (statement.readBy() != null) {
            body.add(block(Style.HEADING, Typed.of(word("read_by")), true));
            body.add(sentence(word("read_by.text").replace("{maker}", isolated(statement.maker()))));
            body.add(field("read_by.name", statement.readBy().name()));
            body.add(field("read_by.day", words.day(form, statement.readBy().day())));
        }
        body.add(block(Style.SMALL, typed(label("hash") + statement.hash()), false));
        return body;
    }

    /** What every page says again: whose it is, that it is signed, which page it is, and the check value. */
    private List<Paper.Margin> margins(int page, int pages) {
        var margins = new ArrayList<Paper.Margin>();
        String signer = isolated(statement.signature());
        margins.add(margin(word("foot").replace("{day}", words.day(form, statement.signedAt())).replace("{name}", signer),
            MARGIN_SIZE, FOOT_Y, 0));
        margins.add(margin(word("page").replace("{page}", Integer.toString(page)).replace("{pages}", Integer.toString(pages)),
            MARGIN_SIZE, FOOT_Y, 1));
        margins.add(margin(statement.hash(), HASH_SIZE, HASH_Y, 0));
        if (page > 1) {
            margins.add(margin(word("continued").replace("{name}", isolated(statement.maker())), MARGIN_SIZE, HEAD_Y, 0));
            margins.add(margin(statement.urn() == null ? statement.crimeReference() : statement.urn(), MARGIN_SIZE, HEAD_Y, 1));
        }
        return margins;
    }

    /** @param right 1 to end at the right margin, 0 to begin at the left; a text too long for two thirds of the line is cut */
    private Paper.Margin margin(String text, float size, float y, int right) {
        Line line = lines.of(typed(text).drawn(), form, 0, size, Sheet.WIDTH * 2 / 3).getFirst();
        return new Paper.Margin(line, size, Sheet.LEFT + right * (Sheet.WIDTH - line.width()), y);
    }

    private Block field(String label, String value) {
        return block(Style.FIELD, null, typed(label(label) + isolated(value)), label(label).length(), true);
    }

    private Block sentence(String text) {
        return block(Style.FIELD, typed(text), true);
    }

    private Block block(Style style, Typed text, boolean keepsWithNext) {
        return block(style, null, text, style.heading() ? text.drawn().length() : 0, keepsWithNext);
    }

    private Block block(Style style, String language, Typed text, int bold, boolean keepsWithNext) {
        return new Block(style, language, text, lines.of(text.drawn(), language == null ? form : language, bold, style.size(),
            Sheet.WIDTH), keepsWithNext);
    }

    private Typed typed(String text) {
        return Typed.line(text, typefaces::cover, missing);
    }

    /** A name that reads from the right leaves the words around it where they are. */
    private static String isolated(String name) {
        return Bidi.requiresBidi(name.toCharArray(), 0, name.length()) ? "\u2068" + name + "\u2069" : name;
    }

    private String title() {
        return word("title." + statement.kind());
    }

    private String label(String key) {
        return word("label").replace("{label}", word(key));
    }

    private String word(String key) {
        return words.text(form, key);
    }

    private static String tag(String language) {
        return FormWords.ENGLISH.equals(language) ? "en-GB" : language;
    }

    /** The text's own language; null where it is the form's, or nobody said one. */
    private String textLanguage() {
        Locale locale = Locale.forLanguageTag(statement.language());
        return locale.getLanguage().isEmpty() || locale.getLanguage().equals(form) ? null : locale.toLanguageTag();
    }
}
