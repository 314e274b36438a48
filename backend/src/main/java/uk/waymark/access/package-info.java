/**
 * Who looked, and why: the audit log's chain, the reason of each read by staff, what is unusual about reading, and the part
 * of the log that a person sees.
 */
package uk.waymark.access;
