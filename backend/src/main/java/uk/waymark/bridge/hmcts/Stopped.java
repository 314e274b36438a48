package uk.waymark.bridge.hmcts;

import uk.waymark.bridge.Pulled;

/** Asking goes no further: ends the requests of one URN with what they came to. Never leaves this package. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Pulled result;

    Stopped(Pulled result) {
        super(null, null, false, false);
        this.result = result;
    }

    Pulled result() {
        return result;
    }
}
