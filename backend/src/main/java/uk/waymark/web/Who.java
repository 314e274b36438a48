package uk.waymark.web;

/** For whom a page is made. */
public enum Who {
    /** Not signed in, and on the way to the pages of a person. */
    NOBODY,
    /** A person who follows their own case. */
    PERSON,
    /** A member of staff of a force, signed in or about to be. */
    STAFF
}
