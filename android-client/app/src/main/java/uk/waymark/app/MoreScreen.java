package uk.waymark.app;

import android.content.ComponentName;
import android.content.pm.PackageManager;
import java.util.Optional;

/** The rest: devices, who looked, the app's name on the phone, the lock, signing out. */
public final class MoreScreen extends Screen {
    @Override
    protected void show() {
        title(getString(R.string.more));
        page.clear();
        page.text(getString(Push.possible(this) ? R.string.push_on : R.string.push_off));
        page.quiet(getString(R.string.account), () -> go(AccountScreen.class, null));
        page.quiet(getString(R.string.devices), () -> go(DevicesScreen.class, null));
        page.quiet(getString(R.string.who_looked), () -> go(WhoLookedScreen.class, null));
        page.quiet(getString(R.string.sent_to_you), () -> go(NotificationsScreen.class, null));
        page.choice(getString(R.string.discreet_icon), enabled("DiscreetIcon"), on -> {
            enable("DiscreetIcon", on);
            enable("WaymarkIcon", !on);
        });
        page.choice(getString(R.string.lock), Lock.chosen(core()), on -> {
            if (!on) {
                Lock.unchoose(core());
            } else if (Lock.possible(this)) {
                Lock.choose(core());
            } else {
                show();
                say(Optional.of(getString(R.string.lock_none)));
            }
        });
        page.quiet(getString(R.string.sign_out), this::signOut);
    }

    /** Offers to send first; whoever has to be quick presses the button that is on every screen. */
    private void signOut() {
        if (core().unsent() == 0) {
            leave();
            return;
        }
        new Question(this).setTitle(R.string.sign_out).setMessage(R.string.sign_out_unsent)
                .setPositiveButton(R.string.send_first, (d, w) -> later(() -> now().outbox().send(), outcome -> {
                    if (core().unsent() == 0) {
                        leave();
                    } else {
                        go(UnsentScreen.class, null);
                    }
                }))
                .setNegativeButton(R.string.sign_out_anyway, (d, w) -> leave())
                .setNeutralButton(R.string.cancel, null).show();
    }

    private ComponentName alias(String name) {
        return new ComponentName(this, "uk.waymark.app." + name);
    }

    private boolean enabled(String name) {
        return getPackageManager().getComponentEnabledSetting(alias(name)) == PackageManager.COMPONENT_ENABLED_STATE_ENABLED;
    }

    private void enable(String name, boolean on) {
        getPackageManager().setComponentEnabledSetting(alias(name), on ? PackageManager.COMPONENT_ENABLED_STATE_ENABLED
                : PackageManager.COMPONENT_ENABLED_STATE_DISABLED, PackageManager.DONT_KILL_APP);
    }
}
