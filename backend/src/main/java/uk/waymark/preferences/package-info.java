/** Who the signed-in person is, and how they want to be told. */
package uk.waymark.preferences;
