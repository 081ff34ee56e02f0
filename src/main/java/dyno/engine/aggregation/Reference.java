package dyno.engine.aggregation;

import dyno.engine.TrialContext;
import dyno.engine.kernel.NanoTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The result as DuckDB computes it, with label texts read by Jackson and quotients by BigDecimal: nothing of it goes
/// through the engine's own parser, tables or rounding.
///
/// @param lines  canonical, sorted
/// @param totals over the rows that passed the filter, of q by metric
/// @param counts of pod rows
record Reference(List<byte[]> lines, List<BigInteger> totals, Counts counts) {

    private static final String LF = Character.toString(10);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal CPU_SCALE = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal MEMORY_SCALE = BigDecimal.valueOf(1L << 10);

    /// What was counted.
    record Counts(long inPeriod, long anomalous, long withoutNode, long malformed) {}

    static Reference of(AggregationWorkload original, InputTables tables, TrialContext context) throws IOException {
        // Exact sums are the reference of doubles too.
        var workload = original.exact();
        var sql = new DuckSql(workload);
        try (var duck = Duck.open(
                context.machine().processors(),
                AggregationEstimate.duckDbBytes(workload, tables.rows(Table.POD_USAGE)),
                context.scratch().resolve("duckdb-reference"),
                context.cancellation())) {
            new DuckPipeline(workload, tables, duck, sql)
                    .run(true, new ReferenceLabels(workload.enabledKeys()), false, new Stopwatch(NanoTime.system()));
            return new Making(workload, duck, sql).reference();
        }
    }

    private record Making(AggregationWorkload workload, Duck duck, DuckSql sql) {

        Reference reference() {
            var lines = new ArrayList<byte[]>();
            duck.query(DuckSql.selectPodRows(), rows -> pods(rows, lines, true));
            if (workload.makes(Output.UNALLOCATED)) {
                duck.query(DuckSql.selectUnallocatedRows(), rows -> pods(rows, lines, false));
            }
            if (workload.makes(Output.STORAGE)) {
                duck.query(sql.selectStorageRows(), rows -> claims(rows, lines));
            }
            lines.sort(Arrays::compareUnsigned);
            var select = Arrays.stream(Metric.values())
                    .map(metric -> "sum(%s)".formatted(DuckSql.q("m" + metric.index(), metric.bits())))
                    .toList();
            var totals = duck.query(
                    "SELECT %s FROM pods WHERE %s AND NOT anomalous AND node IS NOT NULL"
                            .formatted(String.join(", ", select), sql.inPeriod()),
                    rows -> {
                        rows.next();
                        var sums = new ArrayList<BigInteger>();
                        for (int m = 1; m <= Metric.COUNT; m++) {
                            var q = DuckStrategy.integer(rows, m);
                            sums.add(q == null ? BigInteger.ZERO : q);
                        }
                        return List.copyOf(sums);
                    });
            return new Reference(List.copyOf(lines), totals, counts());
        }

        private Counts counts() {
            var counted = duck.query("""
                    SELECT coalesce(sum(n), 0) + coalesce(sum(anomalous), 0), coalesce(sum(anomalous), 0),
                        coalesce(sum(n) FILTER (node IS NULL), 0)
                    FROM hours
                    """, rows -> {
                rows.next();
                return new long[] {rows.getLong(1), rows.getLong(2), rows.getLong(3)};
            });
            long malformed = DuckStrategy.malformed(duck, false, sql);
            if (workload.makes(Output.STORAGE)) {
                malformed += DuckStrategy.malformedOfClaims(duck);
                counted[1] += duck.number("SELECT count(*) FROM claims WHERE anomalous AND " + sql.inPeriod());
            }
            return new Counts(counted[0], counted[1], counted[2], malformed);
        }

        private int pods(ResultSet rows, List<byte[]> lines, boolean withCategory) throws SQLException {
            int count = 0;
            while (rows.next()) {
                var fields = new ArrayList<@Nullable String>();
                fields.add("Pod");
                fields.add(date(rows));
                fields.add(rows.getString(2));
                fields.add(rows.getString(3));
                fields.add(rows.getString(4));
                fields.add(rows.getString(5));
                for (int m = 0; m < Metric.COUNT; m++) {
                    fields.add(m < 4 ? coreHours(rows, 6 + m) : gigabyteHours(rows, 6 + m));
                }
                fields.add(capacity(rows, 14, 15, BigDecimal.ONE, CPU_SCALE));
                fields.add(coreHours(rows, 18));
                fields.add(capacity(rows, 16, 17, GIGABYTE, MEMORY_SCALE));
                fields.add(gigabyteHours(rows, 19));
                fields.add(coreHours(rows, 20));
                fields.add(gigabyteHours(rows, 21));
                nulls(fields, 5);
                fields.add(rows.getString(5));
                nulls(fields, 4);
                fields.add(withCategory ? category(rows.getString(2)) : null);
                lines.add(line(fields));
                count++;
            }
            return count;
        }

        private int claims(ResultSet rows, List<byte[]> lines) throws SQLException {
            int count = 0;
            while (rows.next()) {
                var fields = new ArrayList<@Nullable String>();
                fields.add("Storage");
                fields.add(date(rows));
                fields.add(rows.getString(2));
                fields.add(rows.getString(3));
                fields.add(rows.getString(4));
                nulls(fields, 15);
                for (int column = 5; column <= 8; column++) {
                    fields.add(rows.getString(column));
                }
                fields.add(rows.getString(9));
                fields.add(rows.getString(9));
                double bytes = rows.getDouble(10);
                fields.add(
                        rows.wasNull() ? null : quotient(fixed(bytes, MEMORY_SCALE), GIGABYTE.multiply(MEMORY_SCALE)));
                var month = BigDecimal.valueOf(
                        86_400L * LocalDate.ofEpochDay(rows.getInt(1)).lengthOfMonth());
                var nodes = BigDecimal.valueOf(rows.getInt(14));
                fields.add(months(rows, 11, month));
                fields.add(months(rows, 12, month.multiply(nodes)));
                fields.add(months(rows, 13, month.multiply(nodes)));
                fields.add(category(rows.getString(2)));
                lines.add(line(fields));
                count++;
            }
            return count;
        }

        private static String date(ResultSet rows) throws SQLException {
            return LocalDate.ofEpochDay(rows.getInt(1)).toString();
        }

        private static void nulls(List<@Nullable String> fields, int count) {
            for (int i = 0; i < count; i++) {
                fields.add(null);
            }
        }

        private static @Nullable String coreHours(ResultSet rows, int column) throws SQLException {
            return of(rows, column, SECONDS_PER_HOUR.multiply(CPU_SCALE));
        }

        private static @Nullable String gigabyteHours(ResultSet rows, int column) throws SQLException {
            return of(rows, column, SECONDS_PER_HOUR.multiply(GIGABYTE).multiply(MEMORY_SCALE));
        }

        private static @Nullable String months(ResultSet rows, int column, BigDecimal seconds) throws SQLException {
            return of(rows, column, seconds.multiply(GIGABYTE).multiply(MEMORY_SCALE));
        }

        private static @Nullable String of(ResultSet rows, int column, BigDecimal divisor) throws SQLException {
            var q = DuckStrategy.integer(rows, column);
            return q == null ? null : quotient(new BigDecimal(q), divisor);
        }

        private static @Nullable String capacity(
                ResultSet rows, int amount, int seconds, BigDecimal unit, BigDecimal scale) throws SQLException {
            double value = rows.getDouble(amount);
            if (!rows.wasNull()) {
                return quotient(fixed(value, scale), unit.multiply(scale));
            }
            value = rows.getDouble(seconds);
            return rows.wasNull()
                    ? null
                    : quotient(
                            fixed(value, scale), SECONDS_PER_HOUR.multiply(unit).multiply(scale));
        }

        private static BigDecimal fixed(double value, BigDecimal scale) {
            return new BigDecimal(value).multiply(scale).setScale(0, RoundingMode.HALF_EVEN);
        }

        private static String quotient(BigDecimal q, BigDecimal divisor) {
            return q.divide(divisor, 6, RoundingMode.HALF_UP).toPlainString();
        }

        private @Nullable String category(@Nullable String namespace) {
            Integer greatest = null;
            for (var category : workload.costCategories()) {
                var regex = new StringBuilder("(?s)");
                for (int i = 0; i < category.pattern().length(); i++) {
                    char c = category.pattern().charAt(i);
                    regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
                }
                if (namespace != null
                        && Pattern.matches(regex.toString(), namespace)
                        && (greatest == null || category.id() > greatest)) {
                    greatest = category.id();
                }
            }
            return greatest == null ? null : greatest.toString();
        }

        private static byte[] line(List<@Nullable String> fields) {
            var line = new StringBuilder();
            for (var field : fields) {
                line.append(line.isEmpty() ? "" : "\t")
                        .append(
                                field == null
                                        ? "\\N"
                                        : field.replace("\\", "\\\\")
                                                .replace("\t", "\\t")
                                                .replace(LF, "\\n")
                                                .replace("\r", "\\r"));
            }
            return line.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
