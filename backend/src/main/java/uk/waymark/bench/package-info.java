/** Benchmarks that {@code ./waymark bench} runs; no part of the application uses them. */
package uk.waymark.bench;
