/**
 * A new number or address of a person: confirmed on itself, checked where somebody may be harmed, announced where that is safe.
 */
package uk.waymark.changes;
