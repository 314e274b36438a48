/** What waits for a force's staff: the work queue, and the list of what was sent and how it went. */
package uk.waymark.staff;
