package dyno.measurement;

/// Small systems of linear equations, by Gaussian elimination with partial pivoting.
final class LinearEquations {

    /// A pivot this much smaller than the largest figure is rounding.
    private static final double SINGULAR = 1e-13;

    private LinearEquations() {}

    /// @param rows n rows of n coefficients and the right side; used up
    /// @return the solution, or an empty array where there is not just one
    static double[] solve(double[][] rows) {
        int size = rows.length;
        double largest = 0;
        for (var row : rows) {
            for (int i = 0; i < size; i++) {
                largest = Math.max(largest, Math.abs(row[i]));
            }
        }
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) {
                    pivot = row;
                }
            }
            if (Math.abs(rows[pivot][column]) <= largest * SINGULAR) {
                return new double[0];
            }
            var swap = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = swap;
            for (int row = column + 1; row < size; row++) {
                double factor = rows[row][column] / rows[column][column];
                for (int i = column; i <= size; i++) {
                    rows[row][i] -= factor * rows[column][i];
                }
            }
        }
        var solution = new double[size];
        for (int row = size - 1; row >= 0; row--) {
            double rest = rows[row][size];
            for (int i = row + 1; i < size; i++) {
                rest -= rows[row][i] * solution[i];
            }
            solution[row] = rest / rows[row][row];
        }
        return solution;
    }
}
