/** What people say in their own words of what was done to them: written over days, signed once, passed on. */
package uk.waymark.statements;
