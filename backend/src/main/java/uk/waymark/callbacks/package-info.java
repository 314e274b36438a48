/** Calls that people ask for: when somebody can ring, who has taken it on, how each call went, and where it stands. */
package uk.waymark.callbacks;
