package uk.waymark.account;

import java.sql.Connection;
import java.util.UUID;

/**
 * A device has signed in; published in the transaction that opens its session.
 *
 * @param connection of that transaction, which acts for nobody and goes on doing so when the event has been seen to
 */
public record DeviceSignedIn(Connection connection, UUID account, UUID session) { }
