/** What people and staff write to each other about a case: sent, read, answered, handed on; what sounds like danger comes first. */
package uk.waymark.conversations;
