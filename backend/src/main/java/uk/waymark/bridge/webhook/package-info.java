/** The adapter {@code http-json}: hands over by posting JSON to an address of the force's. */
package uk.waymark.bridge.webhook;
