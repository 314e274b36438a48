package uk.waymark.web.staff;

import java.util.UUID;

/**
 * Somebody who had to be at a date, and what came of it for them.
 *
 * @param name    with their reference
 * @param outcome as the API has it; empty where none is put down
 */
public record PersonCame(UUID person, String name, String outcome) {

    public String field() {
        return "came-" + person;
    }

    /** Without the name. */
    @Override
    public String toString() {
        return "PersonCame[" + person + "]";
    }
}
