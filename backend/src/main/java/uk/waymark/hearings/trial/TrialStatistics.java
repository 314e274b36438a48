package uk.waymark.hearings.trial;

/**
 * Two shares compared. The interval of one is Wilson's (J. Am. Stat. Assoc. 1927; 22: 209–212), that of the difference Newcombe's hybrid
 * score, his method 10 (Stat. Med. 1998; 17: 873–890, doi 10.1002/(SICI)1097-0258(19980430)17:8&lt;873::AID-SIM779&gt;3.0.CO;2-I),
 * which holds for small numbers and at none or all. The probability is of the pooled test of two shares, two-sided, without a correction.
 */
final class TrialStatistics {
    /** Of the normal distribution, for 95 %. */
    static final double Z = 1.959963984540054;

    private TrialStatistics() { }

    /** From {@code lower} to {@code upper}, as shares from -1 to 1. */
    record Interval(double lower, double upper) { }

    static Interval wilson(long some, long all) {
        double p = (double) some / all;
        double z2 = Z * Z;
        double middle = (p + z2 / (2 * all)) / (1 + z2 / all);
        double half = Z * Math.sqrt(p * (1 - p) / all + z2 / (4.0 * all * all)) / (1 + z2 / all);
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /** Of the first share less the second. */
    static Interval newcombe(long some1, long all1, long some2, long all2) {
        double p1 = (double) some1 / all1;
        double p2 = (double) some2 / all2;
        Interval one = wilson(some1, all1);
        Interval two = wilson(some2, all2);
        double d = p1 - p2;
        return new Interval(d - Math.hypot(p1 - one.lower(), two.upper() - p2), d + Math.hypot(one.upper() - p1, p2 - two.lower()));
    }

    /** How often a difference at least as large would come about by chance, if there were none; 1 where nothing differs at all. */
    static double probability(long some1, long all1, long some2, long all2) {
        double pooled = (double) (some1 + some2) / (all1 + all2);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / all1 + 1.0 / all2));
        return deviation == 0 ? 1 : tails(Math.abs((double) some1 / all1 - (double) some2 / all2) / deviation);
    }

    /** Both tails of the normal distribution; Abramowitz and Stegun 7.1.26, right to 1.5e-7. */
    private static double tails(double z) {
        double x = z / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        return t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x);
    }
}
