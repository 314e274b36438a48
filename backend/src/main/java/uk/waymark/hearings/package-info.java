/**
 * Court dates as they stand and what a witness care unit does with them: who is required, who was reminded and told, what
 * they answered. {@link uk.waymark.hearings.HearingBook} keeps the dates in line with the cases; everything else follows
 * from {@link uk.waymark.hearings.HearingChanged}, in the transaction of the event that changed them.
 */
package uk.waymark.hearings;
