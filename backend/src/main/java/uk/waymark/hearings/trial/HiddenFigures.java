package uk.waymark.hearings.trial;

/**
 * A table of figures with sums, of which none that is small is shown, nor any that would give one away: no sum that a hidden figure
 * is part of. So whatever a hidden figure is, those that are shown are the same. To hide only a second one of each sum is not
 * enough: of a sum of ten of which ten are shown, the others are none.
 */
final class HiddenFigures {
    private HiddenFigures() { }

    /**
     * @param cells two rows of two figures
     * @param least what is below is not shown
     * @return three rows of three with sums last; null is hidden
     */
    static Integer[][] of(int[][] cells, int least) {
        var shown = new Integer[3][3];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                shown[i][j] = cells[i][j] < least ? null : cells[i][j];
            }
        }
        for (int i = 0; i < 2; i++) {
            shown[i][2] = sum(shown[i][0], shown[i][1]);
            shown[2][i] = sum(shown[0][i], shown[1][i]);
        }
        shown[2][2] = sum(shown[0][2], shown[1][2]);
        return shown;
    }

    private static Integer sum(Integer one, Integer other) {
        return one == null || other == null ? null : Integer.valueOf(one + other);
    }
}
