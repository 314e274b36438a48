package uk.waymark.conversations;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Within how long half of the people had a reply, with those counted in who are still waiting: by when half would have had one
 * (Kaplan and Meier's median). Left out, they would make the slow look quick.
 */
final class UsualTime {
    private UsualTime() { }

    /** @param minutes until the reply, or until now @param answered whether there was one */
    record Wait(long minutes, boolean answered) { }

    /** @param least replies that it takes @return minutes; empty where it cannot be told */
    static OptionalLong median(List<Wait> waits, int least) {
        if (waits.stream().filter(Wait::answered).count() < least) {
            return OptionalLong.empty();
        }
        // of two at the same moment the reply comes before the wait that goes on
        List<Wait> sorted = waits.stream().sorted(Comparator.comparingLong(Wait::minutes).thenComparing(w -> !w.answered())).toList();
        double waiting = 1;
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i).answered()) {
                waiting *= 1 - 1.0 / (sorted.size() - i);
                if (waiting <= 0.5 + 1e-9) {
                    return OptionalLong.of(sorted.get(i).minutes());
                }
            }
        }
        return OptionalLong.empty();
    }
}
