/** A new number or address of a person: confirmed on itself, checked where somebody may be harmed, and announced where it is safe. */
package uk.waymark.changes;
