/** What people and staff have said here, on its way to the force's own system: kept until that system has said that it has it. */
package uk.waymark.outbound;
