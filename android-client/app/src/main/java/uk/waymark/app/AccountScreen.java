package uk.waymark.app;

/** What belongs to the account: the PIN, where the person is reached, what lists show, and their information. */
public final class AccountScreen extends Screen {
    @Override
    protected void show() {
        title(getString(R.string.account));
        page.clear();
        page.text(getString(R.string.account_fresh));
        page.quiet(getString(R.string.pin), () -> go(PinScreen.class, null));
        page.quiet(getString(R.string.contact_change), () -> go(ContactChangeScreen.class, null));
        page.quiet(getString(R.string.activity), () -> go(ActivityScreen.class, null));
        page.quiet(getString(R.string.export), () -> go(ExportScreen.class, null));
        page.quiet(getString(R.string.erasure), () -> go(ErasureScreen.class, null));
    }
}
