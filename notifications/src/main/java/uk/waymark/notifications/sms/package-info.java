/** What a text message may hold, and how many it takes. */
package uk.waymark.notifications.sms;
