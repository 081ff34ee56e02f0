package dyno.engine.aggregation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a loaded table back as canonical lines. Used by one thread at a time.
final class TableLines {

    private static final int FETCH_ROWS = 5_000;
    /// In the order of canonical lines.
    private static final List<String> COLUMNS = Stream.of(
                    Stream.of("data_source", "usage_start", "namespace"),
                    texts(ResultRows.NODE, ResultRows.RESOURCE),
                    Stream.of("pod_labels"),
                    decimals(0, ResultRows.CLAIM_GIGABYTES),
                    texts(ResultRows.CLAIM, ResultRows.VOLUME, ResultRows.STORAGE_CLASS, ResultRows.HANDLE),
                    Stream.of("volume_labels", "all_labels"),
                    decimals(ResultRows.CLAIM_GIGABYTES, ResultRows.DECIMALS),
                    Stream.of("cost_category_id"))
            .flatMap(columns -> columns)
            .toList();

    private final Connection connection;
    private final AggregationWorkload workload;
    private final LabelSets sets;
    private final LabelParser parser;

    TableLines(Connection connection, AggregationWorkload workload) {
        this.connection = connection;
        this.workload = workload;
        this.sets = new LabelSets(new EnabledKeys(workload.enabledKeys()));
        this.parser = new LabelParser(sets);
    }

    private static Stream<String> texts(int... columns) {
        return IntStream.of(columns).mapToObj(ResultRows::textName);
    }

    private static Stream<String> decimals(int from, int to) {
        return IntStream.range(from, to).mapToObj(ResultRows::decimalName);
    }

    List<byte[]> read(Loader.Span span) throws SQLException {
        var lines = new ArrayList<byte[]>();
        try (var statement =
                connection.prepareStatement("""
                SELECT %s
                FROM %s
                WHERE source_uuid = ?
                AND usage_start BETWEEN ? AND ?
                """.formatted(String.join(", ", COLUMNS), TableSchema.TABLE))) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setObject(1, workload.identity().source());
            statement.setObject(2, span.first());
            statement.setObject(3, span.last());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(line(rows));
                }
            }
        } finally {
            connection.rollback();
        }
        lines.sort(Arrays::compareUnsigned);
        return lines;
    }

    private byte[] line(ResultSet row) throws SQLException {
        var out = new ByteBuilder(512);
        for (int i = 1; i <= COLUMNS.size(); i++) {
            var name = COLUMNS.get(i - 1);
            if (name.endsWith("_labels")) {
                CanonicalLines.text(canonical(row.getString(i)), out);
            } else if (row.getObject(i) instanceof BigDecimal number) {
                CanonicalLines.decimal(number.movePointRight(6).toBigIntegerExact(), out);
            } else {
                CanonicalLines.text(utf8(row.getString(i)), out);
            }
        }
        // The first value needs no TAB before it.
        return Arrays.copyOfRange(out.array(), 1, out.length());
    }

    /// PostgreSQL orders the keys of jsonb by length first, and puts blanks between.
    private byte @Nullable [] canonical(@Nullable String jsonb) {
        byte[] text = utf8(jsonb);
        return text == null
                ? null
                : sets.set(parser.parse(text, 0, text.length) >> 1).canonical();
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
