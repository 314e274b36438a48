/** Benchmarks of dispatching, run by {@code ./waymark bench}; no part of the tests and never shipped. */
package uk.waymark.notifications.bench;
