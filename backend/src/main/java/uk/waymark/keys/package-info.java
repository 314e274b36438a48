/**
 * Replacing keys: which columns are sealed or hashed, and the command that renews them under the newest key. Part of a
 * command, never of a running server.
 */
package uk.waymark.keys;
