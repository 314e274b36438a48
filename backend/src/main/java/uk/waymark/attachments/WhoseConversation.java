package uk.waymark.attachments;

import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;

/** Where several people are on one account: whose conversation it is that they write in. Files have to be for the same one. */
public interface WhoseConversation {

    /** @param c of a transaction of a person @return empty where nobody on the account takes part in the case */
    Optional<UUID> person(Connection c, UUID caseId);
}
