/**
 * What people take with them: everything that they gave, were told and can see, as a file. Every feature adds its part through a
 * port; this package knows none of them.
 */
package uk.waymark.export;
