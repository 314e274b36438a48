package uk.waymark.account;

import java.util.ArrayList;
import uk.waymark.account.Limits.Counted;
import uk.waymark.account.Limits.Kind;

/**
 * Where a request without a known caller comes from, for limits only.
 *
 * @param device  the app's own random id ({@code Waymark-Device}), or null: chosen by the caller, so it is one more limit and
 *     never instead of another
 * @param address network address
 */
record Asker(String device, String address) {

    /** Address, device where there is one, and what is aimed at, in this order. @param last or null */
    Counted[] counted(Kind ofAddress, Kind ofDevice, Counted last) {
        var counted = new ArrayList<Counted>();
        counted.add(new Counted(ofAddress, address));
        if (device != null) {
            counted.add(new Counted(ofDevice, device));
        }
        if (last != null) {
            counted.add(last);
        }
        return counted.toArray(Counted[]::new);
    }

    /** Neither belongs into a log. */
    @Override
    public String toString() {
        return "Asker";
    }
}
