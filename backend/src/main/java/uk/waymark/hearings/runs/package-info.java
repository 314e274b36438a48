/**
 * Reminder runs: many reminders at once, from a file or of chosen court dates; every bad line named, stopped half-way, corrected.
 * Begin reading at {@link uk.waymark.hearings.runs.ReminderRuns}.
 */
package uk.waymark.hearings.runs;
