package uk.waymark.app;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Languages of interpreters, by name, as nobody knows their codes. */
final class Spoken {
    private static final String BSL = "bfi";

    private Spoken() {}

    /** What a language is called; that none is needed for an empty code. */
    static String name(Screen screen, String code) {
        if (code.isEmpty()) {
            return screen.getString(R.string.no_interpreter);
        }
        return code.equals(BSL) ? screen.getString(R.string.need_bsl) : Locale.forLanguageTag(code).getDisplayName(locale(screen));
    }

    private static Locale locale(Screen screen) {
        return screen.getResources().getConfiguration().getLocales().get(0);
    }

    /** @param chosen is given a code (BCP 47), or an empty text for none */
    static void choose(Screen screen, Consumer<String> chosen) {
        Locale locale = locale(screen);
        List<String> codes = new ArrayList<>(List.of("", BSL));
        codes.addAll(Arrays.stream(Locale.getISOLanguages()).filter(c -> c.length() == 2 && !name(screen, c).equals(c))
                .sorted((a, b) -> Collator.getInstance(locale).compare(name(screen, a), name(screen, b))).collect(Collectors.toList()));
        new Question(screen).setTitle(R.string.interpreter)
                .setItems(codes.stream().map(c -> name(screen, c)).toArray(String[]::new), (d, which) -> chosen.accept(codes.get(which)))
                .setNegativeButton(R.string.cancel, null).show();
    }
}
