package uk.waymark.courts;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A court as a force describes it. Null stands for what it has not said.
 *
 * @param ouCode organisation unit code
 * @param also   other names by which sources call it
 * @param map    the address of a map
 * @param phone  E.164, or a short number
 */
public record Court(String ouCode, String nameEn, String nameCy, List<String> also, String address, String entranceEn,
                    String entranceCy, String map, String travelEn, String travelCy, String phone) {

    public Court {
        also = List.copyOf(also);
    }

    /** @param language {@code en} or {@code cy}; English where there is no Welsh name */
    public String name(String language) {
        return in(language, nameEn, nameCy);
    }

    /** The English where it is not known in Welsh: whoever stands before the building needs it. Null where neither is. */
    public String entrance(String language) {
        return in(language, entranceEn, entranceCy);
    }

    /** As {@link #entrance}. */
    public String travel(String language) {
        return in(language, travelEn, travelCy);
    }

    private static String in(String language, String en, String cy) {
        return "cy".equals(language) && cy != null || en == null ? cy : en;
    }

    /** All its names as {@link #key} has them. */
    public List<String> nameKeys() {
        return Stream.concat(Stream.of(nameEn, nameCy), also.stream()).filter(Objects::nonNull).map(Court::key).distinct().toList();
    }

    /** A name without what differs from one spelling to the next: capitals, punctuation, white space. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
