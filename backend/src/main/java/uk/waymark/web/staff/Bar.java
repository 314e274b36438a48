package uk.waymark.web.staff;

import java.util.List;

/**
 * One bar of a plot, cut into parts.
 *
 * @param label what it is about
 * @param words the same figures in words, read out and shown beside it
 * @param parts how long each part is, of 100, in the order of the legend
 */
public record Bar(String label, String words, List<Double> parts) {

    /** Where a part begins, of 100. */
    public double start(int part) {
        return parts.stream().limit(part).mapToDouble(Double::doubleValue).sum();
    }

    /** For an attribute of SVG. */
    public static String percent(double of100) {
        return String.format(java.util.Locale.ROOT, "%.2f%%", of100);
    }
}
