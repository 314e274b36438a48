package uk.waymark.hearings;

/**
 * A table of figures with sums, of which none that is small is shown, nor any that would give one away. Wherever exactly one
 * figure of a sum is hidden a second one is, the sum itself where it is shown. In a table as small as this one that is enough:
 * of its three rows and three columns each has none or at least two hidden, so each that is hidden lies on a way round
 * along which something can be added and taken off without any shown figure changing.
 */
final class HiddenFigures {
    private HiddenFigures() { }

    /**
     * @param cells two rows of two figures
     * @param least what is below is not shown
     * @return three rows of three with sums last; null is hidden
     */
    static Integer[][] of(int[][] cells, int least) {
        int[][] all = {
            {cells[0][0], cells[0][1], cells[0][0] + cells[0][1]},
            {cells[1][0], cells[1][1], cells[1][0] + cells[1][1]},
            {cells[0][0] + cells[1][0], cells[0][1] + cells[1][1], cells[0][0] + cells[0][1] + cells[1][0] + cells[1][1]}};
        var shown = new Integer[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                shown[row][column] = all[row][column] < least ? null : all[row][column];
            }
        }
        while (hideOneMore(shown)) {
            // until each sum has none or two
        }
        return shown;
    }

    private static boolean hideOneMore(Integer[][] shown) {
        for (int line = 0; line < 3; line++) {
            int row = alone(shown[line]);
            if (row >= 0) {
                shown[line][row] = null;
                return true;
            }
            int column = alone(new Integer[] {shown[0][line], shown[1][line], shown[2][line]});
            if (column >= 0) {
                shown[column][line] = null;
                return true;
            }
        }
        return false;
    }

    /** What has to be hidden as well, where exactly one is: the sum, or of a hidden sum the smaller part; -1 where nothing has to be. */
    private static int alone(Integer[] line) {
        int hidden = 0;
        for (Integer figure : line) {
            hidden += figure == null ? 1 : 0;
        }
        if (hidden != 1) {
            return -1;
        }
        return line[2] != null ? 2 : line[0] <= line[1] ? 0 : 1;
    }
}
