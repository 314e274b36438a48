package uk.waymark.account;

/**
 * Where a request without a known caller comes from, for limits only.
 *
 * @param device  the app's own random id, or else user agent and address
 * @param address network address
 */
record Asker(String device, String address) {

    /** @param header {@code Waymark-Device}, or null; @param userAgent or null */
    static Asker of(String header, String userAgent, String address) {
        return new Asker(header != null ? "id " + header : "agent " + userAgent + ' ' + address, address);
    }

    /** Neither belongs into a log. */
    @Override
    public String toString() {
        return "Asker";
    }
}
