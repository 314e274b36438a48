package uk.waymark.cases;

import java.sql.Connection;
import java.util.UUID;

/** A person is told under another record from now on; published once, in the transaction that takes it in, which acts for the force. */
public record PeopleMerged(Connection connection, UUID merged, UUID survivor) { }
