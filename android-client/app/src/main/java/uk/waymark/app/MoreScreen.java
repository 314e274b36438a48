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
        page.text(getString(!News.allowed(this) ? R.string.push_denied : Push.possible(this) ? R.string.push_on : R.string.push_off));
        otherLanguage();
        page.quiet(getString(R.string.account), () -> go(AccountScreen.class, null));
        page.quiet(getString(R.string.devices), () -> go(DevicesScreen.class, null));
        page.quiet(getString(R.string.who_looked), () -> go(WhoLookedScreen.class, null));
        page.quiet(getString(R.string.sent_to_you), () -> go(NotificationsScreen.class, null));
        page.choice(getString(R.string.discreet_icon), discreet(this), on -> {
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
        page.quiet(getString(R.string.sign_out), () -> SigningOut.ask(this, this::leave));
    }

    private static ComponentName alias(Screen screen, String name) {
        return new ComponentName(screen, "uk.waymark.app." + name);
    }

    /** Whether the app is called something else on this phone. */
    static boolean discreet(Screen screen) {
        return screen.getPackageManager().getComponentEnabledSetting(alias(screen, "DiscreetIcon"))
                == PackageManager.COMPONENT_ENABLED_STATE_ENABLED;
    }

    private void enable(String name, boolean on) {
        getPackageManager().setComponentEnabledSetting(alias(this, name), on ? PackageManager.COMPONENT_ENABLED_STATE_ENABLED
                : PackageManager.COMPONENT_ENABLED_STATE_DISABLED, PackageManager.DONT_KILL_APP);
    }
}
