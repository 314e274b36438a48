package uk.waymark.app;

import java.util.List;

/** Every screen that there is once somebody has signed in. */
final class Screens {
    static final List<Class<? extends Screen>> ALL = List.of(CasesScreen.class, CaseScreen.class, DatesScreen.class, CallBackScreen.class,
            StatementScreen.class, ContactScreen.class, DevicesScreen.class, WhoLookedScreen.class, UnsentScreen.class, MoreScreen.class);

    private Screens() {}
}
