/** Files that go with messages: cleaned before they are kept, looked at by a scanner, and served as what they are and nothing else. */
package uk.waymark.attachments;
