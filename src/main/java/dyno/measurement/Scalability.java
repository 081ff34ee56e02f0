package dyno.measurement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How throughput grows with threads: Amdahl's law and the Universal Scalability Law, fitted by least
/// squares of the relative errors, with both coefficients at least 0.
///
/// ```text
/// X(n) = λ·n / (1 + σ·(n−1) + κ·n·(n−1))        Amdahl: κ = 0
/// knee = √((1−σ)/κ)                              threads beyond which more of them make it slower
/// ```
///
/// @see <a href="https://doi.org/10.1007/978-3-540-31010-5">Gunther, Guerrilla Capacity Planning</a>
public final class Scalability {

    /// Throughput with so many threads.
    ///
    /// @param threads    at least 1
    /// @param throughput above 0
    public record Point(int threads, double throughput) {}

    /// A law that was fitted.
    ///
    /// @param lambda throughput of one thread
    /// @param sigma  share of the work that is serial, or contended for; 1 or more where further threads
    ///               make it slower from the first one on
    /// @param kappa  cost of keeping threads coherent; 0 in Amdahl's law
    /// @param r2     share of the throughput's variance that the law explains; can be negative
    public record Law(double lambda, double sigma, double kappa, double r2) {

        public double throughput(int threads) {
            double more = threads - 1.0;
            return lambda * threads / (1 + sigma * more + kappa * threads * more);
        }

        /// Empty where the law has throughput grow for ever, or fall from the start.
        public Optional<Double> knee() {
            return kappa > 0 && sigma < 1 ? Optional.of(Math.sqrt((1 - sigma) / kappa)) : Optional.empty();
        }
    }

    private Scalability() {}

    /// Amdahl's law; empty with fewer than three numbers of threads, which any law of two coefficients
    /// would meet.
    public static Optional<Law> amdahl(List<Point> points) {
        return fit(points, 2);
    }

    /// The Universal Scalability Law; empty with fewer than four numbers of threads.
    public static Optional<Law> universal(List<Point> points) {
        return fit(points, 3);
    }

    /// Throughput a thread over that of the point with the fewest threads.
    public static double efficiency(Point point, List<Point> points) {
        var fewest = points.stream()
                .min((a, b) -> Integer.compare(a.threads(), b.threads()))
                .orElseThrow();
        return perThread(point) / perThread(fewest);
    }

    private static double perThread(Point point) {
        return point.throughput() / point.threads();
    }

    /// `n/X(n)` is linear in `1/λ`, `σ/λ`, `κ/λ`; multiplied by `X/n` its residuals are relative.
    private static Optional<Law> fit(List<Point> points, int coefficients) {
        long counts = points.stream().map(Point::threads).distinct().count();
        if (counts <= coefficients) {
            return Optional.empty();
        }
        Law best = null;
        double least = Double.POSITIVE_INFINITY;
        // Where the free optimum has a negative coefficient the best allowed one has some of them at 0, so that
        // trying all ways to hold them at 0 finds it.
        for (int held = 0; held < (1 << (coefficients - 1)); held++) {
            var columns = columns(coefficients, held);
            var solution = solve(points, columns);
            if (solution.length > 0 && Arrays.stream(solution).allMatch(c -> c >= 0) && solution[0] > 0) {
                double residual = residual(points, columns, solution);
                if (residual < least) {
                    least = residual;
                    best = law(points, columns, solution);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /// Which of the columns 1, n−1 and n(n−1) take part; the first always does.
    private static int[] columns(int coefficients, int held) {
        var columns = new int[coefficients - Integer.bitCount(held)];
        int next = 1;
        for (int column = 1; column < coefficients; column++) {
            if ((held & (1 << (column - 1))) == 0) {
                columns[next++] = column;
            }
        }
        return columns;
    }

    private static double value(Point point, int column) {
        double n = point.threads();
        double regressor = switch (column) {
            case 0 -> 1;
            case 1 -> n - 1;
            default -> n * (n - 1);
        };
        return regressor * perThread(point);
    }

    /// Normal equations by Gaussian elimination with pivoting; empty where they have no single solution.
    private static double[] solve(List<Point> points, int[] columns) {
        int size = columns.length;
        var rows = new double[size][size + 1];
        for (var point : points) {
            for (int i = 0; i < size; i++) {
                double factor = value(point, columns[i]);
                for (int j = 0; j < size; j++) {
                    rows[i][j] += factor * value(point, columns[j]);
                }
                rows[i][size] += factor;
            }
        }
        return LinearEquations.solve(rows);
    }

    private static double residual(List<Point> points, int[] columns, double[] solution) {
        double sum = 0;
        for (var point : points) {
            double fitted = 0;
            for (int i = 0; i < columns.length; i++) {
                fitted += solution[i] * value(point, columns[i]);
            }
            sum += (1 - fitted) * (1 - fitted);
        }
        return sum;
    }

    private static Law law(List<Point> points, int[] columns, double[] solution) {
        double lambda = 1 / solution[0];
        double sigma = 0;
        double kappa = 0;
        for (int i = 1; i < columns.length; i++) {
            if (columns[i] == 1) {
                sigma = solution[i] * lambda;
            } else {
                kappa = solution[i] * lambda;
            }
        }
        return new Law(lambda, sigma, kappa, r2(points, new Law(lambda, sigma, kappa, Double.NaN)));
    }

    private static double r2(List<Point> points, Law law) {
        double mean = points.stream().mapToDouble(Point::throughput).average().orElseThrow();
        double total = 0;
        double unexplained = 0;
        for (var point : points) {
            total += Math.pow(point.throughput() - mean, 2);
            unexplained += Math.pow(point.throughput() - law.throughput(point.threads()), 2);
        }
        if (total == 0) {
            return unexplained == 0 ? 1 : 0;
        }
        return 1 - unexplained / total;
    }
}
