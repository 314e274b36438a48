package uk.waymark.notifications.notify;

import java.util.List;
import java.util.Optional;

/** Where the host keeps its services at GOV.UK Notify. */
public interface NotifyAccounts {

    /** All of them: a callback names its service only by the secret that it carries. */
    List<NotifyAccount> all();

    /** The account with this id, if it is one of ours. */
    default Optional<NotifyAccount> byId(String serviceId) {
        return all().stream().filter(a -> a.serviceId().equals(serviceId)).findFirst();
    }
}
