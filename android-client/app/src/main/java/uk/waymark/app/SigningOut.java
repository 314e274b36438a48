package uk.waymark.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Signing out where nothing is in a hurry: asks first where something would be lost, and offers to send it. Whoever has to be quick
 * presses the button that is on every screen.
 */
final class SigningOut {
    private SigningOut() {}

    /** @param out signs out; it is run at once where nothing would be lost */
    static void ask(Screen screen, Runnable out) {
        boolean unsent = screen.core().unsent() > 0;
        List<String> begun = screen.core().begun();
        if (!unsent && begun.isEmpty()) {
            out.run();
            return;
        }
        List<String> words = new ArrayList<>();
        if (unsent) {
            words.add(screen.getString(R.string.sign_out_unsent));
        }
        if (!begun.isEmpty()) {
            words.add(screen.getString(R.string.sign_out_begun, where(screen, begun)));
        }
        var question = new Question(screen).setTitle(R.string.sign_out).setMessage(String.join("\n\n", words))
                .setNegativeButton(R.string.sign_out_anyway, (d, w) -> out.run()).setNeutralButton(R.string.cancel, null);
        if (unsent) {
            question.setPositiveButton(R.string.send_first, (d, w) -> send(screen, out));
        }
        question.show();
    }

    private static void send(Screen screen, Runnable out) {
        screen.send(screen.core().sends(), outcome -> {
            if (screen.core().unsent() == 0) {
                ask(screen, out); // what was only begun is not sent by that
            } else {
                screen.go(UnsentScreen.class, null);
            }
        });
    }

    /** On which screens it is, as they are called. */
    private static String where(Screen screen, List<String> begun) {
        return begun.stream().map(name -> title(screen, name)).filter(Objects::nonNull).distinct().collect(Collectors.joining(", "));
    }

    private static String title(Screen screen, String name) {
        String[] words = name.split(" ");
        int title = switch (words[0]) {
            case "message" -> R.string.messages;
            case "call" -> R.string.call_back;
            case "reason" -> R.string.dates;
            default -> screen.getResources().getIdentifier(words[1], "string", screen.getPackageName());
        };
        return title == 0 ? null : screen.getString(title);
    }
}
