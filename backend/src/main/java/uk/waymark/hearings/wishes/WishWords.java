package uk.waymark.hearings.wishes;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.stream.Collectors;
import uk.waymark.hearings.ReplySettings;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.hearings.wishes.CourtWishes.Needs;
import uk.waymark.hearings.wishes.CourtWishes.Span;
import uk.waymark.hearings.wishes.CourtWishes.Words;

/** What was asked for, as staff pass it on. */
@Singleton
final class WishWords {
    /** As much as an item of the queue shows; the rest stands with the person. */
    private static final int LONGEST = 3_000;
    private final ReplySettings settings;

    WishWords(ReplySettings settings) {
        this.settings = settings;
    }

    String of(Kind kind, Words words) {
        String said = kind == Kind.AVAILABILITY ? days(words) : needs(words.needs());
        return said.length() <= LONGEST ? said : said.substring(0, LONGEST) + " …";
    }

    private String days(Words words) {
        return words.datesToAvoid().isEmpty() ? settings.text("none")
            : words.datesToAvoid().stream().map(WishWords::day).collect(Collectors.joining("\n"));
    }

    private static String day(Span span) {
        String days = span.from().equals(span.to()) ? span.from().toString() : span.from() + " to " + span.to();
        return span.reason() == null ? days : days + ": " + span.reason();
    }

    private String needs(Needs n) {
        var said = new ArrayList<String>();
        add(said, n.screens(), "Screens");
        add(said, n.liveLink(), "Live link");
        add(said, n.interpreter() != null, "Interpreter: " + n.interpreter());
        add(said, n.separateWaiting(), "Separate waiting");
        add(said, n.expenses(), "Expenses");
        add(said, n.visitBefore(), "A visit before");
        add(said, n.other() != null, n.other());
        return said.isEmpty() ? settings.text("nothing_needed") : String.join("\n", said);
    }

    private static void add(ArrayList<String> said, boolean wanted, String words) {
        if (wanted) {
            said.add(words);
        }
    }
}
