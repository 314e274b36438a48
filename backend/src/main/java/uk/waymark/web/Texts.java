package uk.waymark.web;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import uk.waymark.platform.DataFile;

/** The texts of the pages, read once. */
public final class Texts {
    /** After these words the day of the week begins softly: Dydd Mawrth, ar ddydd Mawrth. */
    private static final Pattern SOFTENED = Pattern.compile("(?<=\\b(?:[Aa]r|[Ii]|[Oo]|[Aa]m|[Aa]t|[Hh]yd|[Gg]an|[Dd]an|[Dd]ros|[Hh]eb) )[Dd]ydd (?=Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul)");
    private static final Map<String, DataFile> FILES = new ConcurrentHashMap<>();

    private Texts() { }

    /** The text, with {@code {0}}, {@code {1}} … replaced. @throws IllegalArgumentException where it is missing */
    public static String of(Words key, Lang lang, Object... with) {
        String text = file(key.getDeclaringClass(), lang).text(key.name().toLowerCase(Locale.ROOT));
        for (int i = 0; i < with.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(with[i]));
        }
        return lang == Lang.CY ? SOFTENED.matcher(text).replaceAll("ddydd ") : text;
    }

    public static DataFile file(Class<?> words, Lang lang) {
        String name = words.getSimpleName().replaceFirst("Text$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        return file(name.toLowerCase(Locale.ROOT), lang);
    }

    public static DataFile file(String name, Lang lang) {
        return FILES.computeIfAbsent("/pages/" + name + "_" + lang.tag() + ".properties", DataFile::of);
    }
}
