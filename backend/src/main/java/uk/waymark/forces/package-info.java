/**
 * Setting a force up from one file, as the owner of the database: {@code ./waymark force}. Never part of a running
 * server.
 */
package uk.waymark.forces;
