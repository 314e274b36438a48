package uk.waymark.notifications.firebase;

import java.util.Objects;

/**
 * A Firebase project whose app is on people's phones.
 *
 * @param projectId   the project's id, not its number
 * @param credentials JSON of a service account that may send messages; or, where a stand-in takes Google's place, the
 *                    access token that it wants
 */
public record FirebaseAccount(String projectId, String credentials) {

    public FirebaseAccount {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(credentials, "credentials");
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "FirebaseAccount[projectId=" + projectId + "]";
    }
}
