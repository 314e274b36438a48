/**
 * The systems that report to us, and their silence: when each source of each force was last heard, an alarm for staff
 * and figures for operators where one is silent for too long, and 'as at' for the people who read what it reported.
 */
package uk.waymark.feeds;
