package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A listing system's events. Holds: what people are called, and whatever else is said of them, never leaves it. */
public interface ListingEventFormat {

    /** @return what the event says; empty where it is none of this format */
    Optional<ListingEvent> read(JsonNode event);
}
