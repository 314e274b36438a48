/** Text messages, emails and letters through GOV.UK Notify, by its own Java client. */
package uk.waymark.notifications.notify;
