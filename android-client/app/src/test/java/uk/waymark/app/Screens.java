package uk.waymark.app;

import java.util.List;

/** Every screen that there is once somebody has signed in. */
final class Screens {
    static final List<Class<? extends Screen>> ALL = List.of(CasesScreen.class, CaseScreen.class, DatesScreen.class, CallBackScreen.class,
            StatementScreen.class, MessagesScreen.class, AttachmentScreen.class, CallScreen.class, NeedsScreen.class, DaysScreen.class,
            WordingScreen.class, WaysScreen.class, TimesScreen.class, AmountScreen.class, RingingScreen.class, HelpScreen.class, ContactScreen.class, DevicesScreen.class, WhoLookedScreen.class, UnsentScreen.class, MoreScreen.class);

    private Screens() {}

    /** What a screen is opened with. */
    static String about(Class<? extends Screen> screen) {
        if (screen == CallScreen.class) {
            return Said.CALL;
        }
        return screen != AttachmentScreen.class ? Said.CASE : "{\"path\": \"/v1/me/cases/" + Said.CASE + "/messages/attachments/" + Said.PICTURE
                + "\", \"name\": \"map.png\", \"document\": false}";
    }
}
