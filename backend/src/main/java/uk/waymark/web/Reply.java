package uk.waymark.web;

/** What the API answered. */
public sealed interface Reply<T> {

    /** @param body null where the answer has none; @param etag null where it has none */
    record Done<T>(int status, T body, String etag) implements Reply<T> { }

    record No<T>(Refusal refusal) implements Reply<T> { }

    /** The body, where there is nothing that the person could mend. @throws Refused otherwise: the page for it is shown */
    default T orRefuse() {
        return done().body();
    }

    /** As {@link #orRefuse}, with what stands beside the body. */
    default Done<T> done() {
        return switch (this) {
            case Done<T> done -> done;
            case No<T> no -> throw new Refused(no.refusal());
        };
    }
}
