package uk.waymark.app;

import java.util.List;
import java.util.Map;

/** Every screen that there is once somebody has signed in, and what each is opened with. */
final class Screens {
    static final List<Class<? extends Screen>> ALL = List.of(CasesScreen.class, CaseScreen.class, DatesScreen.class, CallBackScreen.class,
            StatementScreen.class, WritingScreen.class, SigningScreen.class, SignedScreen.class, DocumentScreen.class, MessagesScreen.class,
            AttachmentScreen.class, CallScreen.class, NeedsScreen.class, DaysScreen.class, WordingScreen.class, WaysScreen.class,
            TimesScreen.class, AmountScreen.class, RingingScreen.class, HelpScreen.class, ContactScreen.class, DevicesScreen.class,
            WhoLookedScreen.class, NotificationsScreen.class, ContactHistoryScreen.class, UnsentScreen.class, MoreScreen.class,
            AccountScreen.class, PinScreen.class, ContactChangeScreen.class, ActivityScreen.class, ExportScreen.class,
            ErasureScreen.class);

    private static final Map<Class<? extends Screen>, String> ABOUT = Map.of(
            WritingScreen.class, WritingScreen.draft(Said.CASE, SaidStatements.DRAFT),
            SigningScreen.class, Said.CASE + " " + SaidStatements.DRAFT,
            SignedScreen.class, Said.CASE + " " + SaidStatements.SIGNED,
            DocumentScreen.class, SaidStatements.SIGNED,
            CallScreen.class, Said.CALL,
            AttachmentScreen.class, "{\"path\": \"/v1/me/cases/" + Said.CASE + "/messages/attachments/" + Said.PICTURE
                    + "\", \"name\": \"map.png\", \"document\": false}");

    private Screens() {}

    /** What it is about. */
    static String about(Class<? extends Screen> screen) {
        return ABOUT.getOrDefault(screen, Said.CASE);
    }
}
