/**
 * Two fictional forces, their people's phones, their identity providers and a clock that moves: everything that the
 * outside world is to Waymark, for demos and tests. None of it is there in production: every bean needs the environment
 * {@code sandbox}.
 */
package uk.waymark.sandbox;
