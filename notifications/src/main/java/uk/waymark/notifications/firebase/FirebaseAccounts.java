package uk.waymark.notifications.firebase;

import java.util.UUID;

/** Where the host keeps its projects and the registrations of its apps. */
public interface FirebaseAccounts {

    /** The project that sends for a tenant; an exception means that there is none now, and the message is retried. */
    FirebaseAccount forTenant(UUID tenant);

    /**
     * Firebase says that no app holds this registration's token any more. The host drops it if it still is the
     * registration that was sent to; one made since then stays. May be told again of the same registration.
     *
     * @param registration as it stood in {@link Registration}
     */
    void gone(UUID registration);
}
