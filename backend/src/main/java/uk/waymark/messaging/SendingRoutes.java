package uk.waymark.messaging;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.waymark.messaging.ProviderAccounts.Account;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Route;
import uk.waymark.notifications.Routes;
import uk.waymark.notifications.firebase.FirebaseSender;
import uk.waymark.notifications.notify.NotifySender;
import uk.waymark.notifications.twilio.TwilioSender;

/** By which accounts, and from what, a force's messages may leave. */
@Singleton
class SendingRoutes implements Routes {
    private final ProviderAccounts accounts;
    private final TwilioSender twilio;
    private final NotifySender notify;
    private final FirebaseSender firebase;
    private final StaffTasks calls;
    private final StaffTasks letters;
    private final ContactTimes times;

    SendingRoutes(ProviderAccounts accounts, TwilioSender twilio, NotifySender notify, FirebaseSender firebase,
                  @Named("call") StaffTasks calls, @Named("letter") StaffTasks letters, ContactTimes times) {
        this.times = times;
        this.accounts = accounts;
        this.twilio = twilio;
        this.notify = notify;
        this.firebase = firebase;
        this.calls = calls;
        this.letters = letters;
    }

    @Override
    public List<Route> of(UUID tenant, Channel channel) {
        if (channel == Channel.PUSH) {
            return accounts.firebase(tenant).map(a ->
                List.of(new Route(FirebaseSender.PROVIDER, a.projectId(), 100, false, false, firebase))).orElse(List.of());
        }
        if (channel == Channel.CALL) {
            return staff(tenant, calls);
        }
        List<Route> known = of(accounts.accounts(), tenant, channel);
        if (channel == Channel.LETTER && known.isEmpty()) {
            // nobody prints for this force: staff post it
            return staff(tenant, letters);
        }
        return known.isEmpty() ? of(accounts.read(), tenant, channel) : known;
    }

    private static List<Route> staff(UUID tenant, StaffTasks tasks) {
        return List.of(new Route(StaffTasks.PROVIDER, tenant.toString(), 100, true, false, tasks));
    }

    /** Whether a force has an account that sends on this channel. Not to be asked within a transaction. */
    boolean uses(UUID force, Channel channel) {
        return !of(accounts.accounts(), force, channel).isEmpty();
    }

    private List<Route> of(List<Account> all, UUID tenant, Channel channel) {
        var routes = new ArrayList<Route>();
        all.stream().filter(a -> a.tenant().equals(tenant)).forEach(a -> {
            if (a.isTwilio() && channel == Channel.SMS) {
                twilio(a, routes);
            } else if (a.kind().equals("notify") && a.templates().containsKey(channel)) {
                notify(a, channel, routes);
            }
        });
        return routes;
    }

    private void twilio(Account a, List<Route> routes) {
        routes.add(new Route(TwilioSender.PROVIDER, a.sid(), a.weight(), a.twoWay(), false, twilio.of(a.twilio())));
        if (a.discreet() != null) {
            // a number takes replies, a name does not
            routes.add(new Route(TwilioSender.PROVIDER, a.sid(), a.weight(), a.discreet().startsWith("+"), true,
                twilio.of(a.twilioDiscreet())));
        }
    }

    private void notify(Account a, Channel channel, List<Route> routes) {
        routes.add(new Route(NotifySender.PROVIDER, a.sid(), a.weight(), a.twoWay(), false,
            notify.of(a.notify(a.sender()), channel).before(times.handedOverBefore())));
        if (a.discreet() != null && channel == Channel.SMS) {
            routes.add(new Route(NotifySender.PROVIDER, a.sid(), a.weight(), false, true,
                notify.of(a.notify(a.discreet()), channel).before(times.handedOverBefore())));
        }
    }
}
