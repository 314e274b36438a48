/**
 * A real PostgreSQL that lives as long as this process: for the demo, the tests and the benchmarks, never for
 * production. Nothing outside those may use it.
 */
package uk.waymark.platform.embedded;
