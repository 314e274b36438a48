/** For how long what is kept: the rules as data, and the task that runs those that no feature runs itself. */
package uk.waymark.retention;
