package uk.waymark.web;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What every template is given.
 *
 * @param path      of this page, without its query
 * @param query     of this page, without the language, ready to go on with; empty or ending in {@code &}
 * @param formToken to stand in every form that changes something
 * @param today     by case time, to leave out the year where it is this one
 * @param notice    what has just been done, or null
 * @param errors    what has to be mended, in the order of the fields
 * @param typed     what was typed into the form that is shown again
 * @param looks     of the one force that the page may show, and whether a PIN is missing; asked once, where the page is made
 */
public record Page(Lang lang, String path, String query, String formToken, Who who, LocalDate today, Assets assets, Words notice,
                   List<Fault> errors, Map<String, String> typed, Supplier<ForceLooks.Seen> looks) {

    /** What is wrong with a field. @param field the id of the field, where the error summary leads */
    public record Fault(String field, Words text) { }

    /** A text in the language of the page. */
    public String t(Words key, Object... with) {
        return Texts.of(key, lang, with);
    }

    /** The name of the force that the page may show, or null. */
    public String force() {
        return looks.get().look().map(l -> l.name(lang)).orElse(null);
    }

    /** The colour of the force that the page may show, six hex digits; null for ours. */
    public String colour() {
        return looks.get().look().map(ForceLooks.Look::colour).map(c -> c.substring(1)).orElse(null);
    }

    /** Whether the person cannot sign in again without a PIN, and has none. */
    public boolean pinNeeded() {
        return looks.get().pinNeeded();
    }

    /** The address of a static file. */
    public String asset(String name) {
        return assets.url(name);
    }

    /** What is wrong with a field, or null. */
    public String error(String field) {
        return errors.stream().filter(e -> e.field().equals(field)).map(e -> t(e.text())).findFirst().orElse(null);
    }

    /** What was typed into a field; {@code otherwise} where nothing was. */
    public String typed(String field, String otherwise) {
        return typed.getOrDefault(field, otherwise == null ? "" : otherwise);
    }

    /** A day as people say it, such as 'Tuesday 8 December'. */
    public String day(LocalDate day) {
        return Days.day(day, today, lang);
    }

    /** A moment as people say it, in UK time, such as 'Tuesday 8 December, 10am'. */
    public String moment(OffsetDateTime moment) {
        return Days.moment(moment, today, lang);
    }

    /** A time of day as people say it, in UK time, such as '10am'. */
    public String time(OffsetDateTime moment) {
        return Days.time(moment.atZoneSameInstant(Days.UK).toLocalTime(), lang);
    }

    /** This page in another language. */
    public String in(Lang other) {
        return path + '?' + query + "lang=" + other.tag();
    }

    public Page with(List<Fault> more, Map<String, String> kept) {
        var all = new ArrayList<>(errors);
        all.addAll(more);
        return new Page(lang, path, query, formToken, who, today, assets, notice, List.copyOf(all), kept, looks);
    }

    /** As the page with this path, where a form of another one leads to it: a language is chosen there. */
    Page at(String other) {
        return new Page(lang, other, "", formToken, who, today, assets, notice, errors, typed, looks);
    }

    public Page with(Words done) {
        return new Page(lang, path, query, formToken, who, today, assets, done, errors, typed, looks);
    }

    /** Without tokens or what was typed. */
    @Override
    public String toString() {
        return "Page[" + lang + "]";
    }
}
