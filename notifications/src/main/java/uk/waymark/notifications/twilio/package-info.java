/** Twilio: one sender, one reader of webhooks, one table of error codes. Nothing of the SDK is seen outside. */
package uk.waymark.notifications.twilio;
