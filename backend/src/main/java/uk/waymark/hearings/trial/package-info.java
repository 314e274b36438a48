/**
 * Whether the extra reminders do any good: the experiment, its lots, what came of court dates, the report. It is asked through
 * {@link uk.waymark.hearings.HeldOut}; nothing else of {@code hearings} knows of it.
 */
package uk.waymark.hearings.trial;
