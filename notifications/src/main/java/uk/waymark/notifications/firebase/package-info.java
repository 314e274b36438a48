/** Push through Firebase Cloud Messaging. Nothing outside this package knows of Google. */
package uk.waymark.notifications.firebase;
