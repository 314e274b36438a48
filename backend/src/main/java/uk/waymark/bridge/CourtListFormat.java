package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A format in which courts publish lists: the port by which lists are received. An adapter knows its format by its shape,
 * for the documents carry no name of it, and takes out what {@link Edition} and {@link Listing} have room for. The rest
 * (names, addresses, offences, notes) never leaves it: not in a record, not in a log, not in the text of an error.
 */
public interface CourtListFormat {

    /** As {@link Edition#format()} has it. */
    String name();

    /** Whether the document is of this format. True for one format at most, whatever is sent. */
    boolean recognises(JsonNode document);

    /**
     * Reads a document that it recognises. Takes whatever the format's schema allows, and more: what cannot be placed is
     * counted and left out.
     *
     * @throws uk.waymark.platform.ProblemException 422 with a pointer where publication, court or period cannot be told
     */
    Edition read(JsonNode document);
}
