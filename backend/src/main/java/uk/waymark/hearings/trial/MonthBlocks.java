package uk.waymark.hearings.trial;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Months put together, in the order of the calendar, until none of their four figures is small. What is asked of any period is
 * answered by such blocks alone: two answers, however their periods overlap, differ by whole blocks or not at all, and no block has
 * a small figure. Months after the last whole block wait for others.
 */
final class MonthBlocks {
    private MonthBlocks() { }

    /** @param cells two rows of two figures, none of them small */
    record Block(YearMonth first, YearMonth last, int[][] cells) { }

    /**
     * The figures of the whole blocks that lie within a period; empty where none does.
     *
     * @param months all months of which there is anything, whatever the period
     * @param least  what is below is small
     */
    static Optional<Block> within(SortedMap<YearMonth, int[][]> months, int least, YearMonth from, YearMonth to) {
        return of(months, least).stream().filter(b -> !b.first().isBefore(from) && !b.last().isAfter(to))
            .reduce((a, b) -> new Block(a.first(), b.last(), sum(a.cells(), b.cells())));
    }

    private static List<Block> of(SortedMap<YearMonth, int[][]> months, int least) {
        var blocks = new ArrayList<Block>();
        YearMonth first = null;
        var cells = new int[2][2];
        for (var month : months.entrySet()) {
            first = first == null ? month.getKey() : first;
            cells = sum(cells, month.getValue());
            if (cells[0][0] >= least && cells[0][1] >= least && cells[1][0] >= least && cells[1][1] >= least) {
                blocks.add(new Block(first, month.getKey(), cells));
                first = null;
                cells = new int[2][2];
            }
        }
        return blocks;
    }

    private static int[][] sum(int[][] a, int[][] b) {
        return new int[][] {{a[0][0] + b[0][0], a[0][1] + b[0][1]}, {a[1][0] + b[1][0], a[1][1] + b[1][1]}};
    }
}
