/**
 * Messaging on PostgreSQL. A host enqueues on its own connection with {@link uk.waymark.notifications.Outbox}; the
 * {@link uk.waymark.notifications.Dispatcher} asks the host's {@link uk.waymark.notifications.DeliveryPolicy} at the
 * moment of sending, sends through a {@link uk.waymark.notifications.Sender} and records what came of it. Nothing here
 * knows what a message is about.
 */
package uk.waymark.notifications;
