package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The port 'deliver': hands something of ours over to a force's system. One bean a kind of adapter, in a package of its own
 * under {@code bridge}; which force uses it and where is a row of {@code waymark.adapter}.
 *
 * <p>What an adapter holds (its test extends {@code DeliverPortContract}):
 * <ul>
 * <li>It is called outside a transaction, by many threads, and returns within about a minute whatever the other side does.
 * <li>It never throws for what the other side does or sends: each is a {@link Delivered}.
 * <li>The same {@link Parcel#id()} again leaves one on the other side: it is sent along as the idempotency key, or looked
 * up first where the other side knows none.
 * <li>{@link Delivered.Acknowledged} only where the other side has said that it has it. Whoever cannot tell says
 * {@link Delivered.Unknown}, never that it failed.
 * <li>No secret, token, or content is in a log, a metric or an exception.
 * </ul>
 */
public interface DeliverAdapter {

    /** What {@code waymark.adapter.kind} says for it. */
    String kind();

    /** Tries once. */
    Delivered deliver(AdapterAccess adapter, Parcel parcel);

    /**
     * What is handed over.
     *
     * @param id ours, for ever: the idempotency key
     * @param type the canonical name of what it is
     * @param crimeReference as the force's source writes it
     * @param source the force's system that told of the person, as in its events; null where it is about nobody
     * @param sourcePersonId what that system calls the person, or null
     * @param createdAt when it was said here
     * @param data in our words; the adapter turns it into theirs
     */
    record Parcel(UUID id, String type, String crimeReference, String source, String sourcePersonId, Instant createdAt, JsonNode data) {

        /** About nobody, at no time that matters. */
        public Parcel(UUID id, String type, String crimeReference, JsonNode data) {
            this(id, type, crimeReference, null, null, Instant.EPOCH, data);
        }

        public Parcel {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(crimeReference, "crimeReference");
            Objects.requireNonNull(createdAt, "createdAt");
            Objects.requireNonNull(data, "data");
        }

        /** Without what is in it. */
        @Override
        public String toString() {
            return "Parcel[" + type + ", " + id + "]";
        }
    }

    /** What trying came to. */
    sealed interface Delivered {

        /** @param reference what the other side calls it from now on; null where it gives none */
        record Acknowledged(String reference) implements Delivered { }

        /** It certainly does not have it. @param leaveFor what it asked for, or null @param why a short code in snake_case */
        record Later(Duration leaveFor, String why) implements Delivered { }

        /** It will never take this one: a person has to see to it. @param why a short code in snake_case */
        record Refused(String why) implements Delivered { }

        /** It may have it or not. Trying again is safe only because the parcel has its id. @param why as above */
        record Unknown(String why) implements Delivered { }
    }
}
