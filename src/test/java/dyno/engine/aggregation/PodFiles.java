package dyno.engine.aggregation;

import dyno.engine.aggregation.PlainAggregation.LabelRow;
import dyno.engine.aggregation.PlainAggregation.PodRow;
import dyno.engine.parquet.OutputColumn;
import dyno.engine.parquet.OutputColumn.Kind;
import dyno.engine.parquet.ParquetOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes rows of tests as Parquet files.
final class PodFiles {

    private static final List<String> VALUES = List.of(
            "pod_usage_cpu_core_seconds",
            "pod_request_cpu_core_seconds",
            "pod_effective_usage_cpu_core_seconds",
            "pod_limit_cpu_core_seconds",
            "pod_usage_memory_byte_seconds",
            "pod_request_memory_byte_seconds",
            "pod_effective_usage_memory_byte_seconds",
            "pod_limit_memory_byte_seconds",
            "node_capacity_cpu_cores",
            "node_capacity_cpu_core_seconds",
            "node_capacity_memory_bytes",
            "node_capacity_memory_byte_seconds");

    private PodFiles() {}

    static void pods(Path file, List<PodRow> rows, int rowGroupRows) throws IOException {
        var columns = new ArrayList<>(List.of(
                OutputColumn.required("interval_start", Kind.TIMESTAMP_NANOS),
                OutputColumn.nullable("namespace", Kind.STRING),
                OutputColumn.nullable("node", Kind.STRING),
                OutputColumn.nullable("resource_id", Kind.STRING),
                OutputColumn.nullable("pod_labels", Kind.STRING)));
        VALUES.forEach(name -> columns.add(OutputColumn.nullable(name, Kind.DOUBLE)));
        try (var out = ParquetOutput.create(file, columns, rowGroupRows)) {
            for (var row : rows) {
                out.putLong(0, nanos(row.start()));
                text(out, 1, row.namespace());
                text(out, 2, row.node());
                text(out, 3, row.resource());
                text(out, 4, row.labels());
                for (int i = 0; i < VALUES.size(); i++) {
                    var value = row.values()[i];
                    if (value == null) {
                        out.putNull(5 + i);
                    } else {
                        out.putDouble(5 + i, value);
                    }
                }
                out.endRow();
            }
            out.finish();
        }
    }

    /// @param object `node` or `namespace`
    static void labels(Path file, String object, List<LabelRow> rows) throws IOException {
        try (var out = ParquetOutput.create(
                file,
                List.of(
                        OutputColumn.required("interval_start", Kind.TIMESTAMP_MILLIS),
                        OutputColumn.nullable(object, Kind.STRING),
                        OutputColumn.nullable(object + "_labels", Kind.STRING)),
                100)) {
            for (var row : rows) {
                out.putLong(0, row.start().toEpochMilli());
                text(out, 1, row.object());
                text(out, 2, row.labels());
                out.endRow();
            }
            out.finish();
        }
    }

    /// Rows of any table: longs are times in milliseconds, bytes are text as it is.
    ///
    /// @param rows with the same columns each; the first one's values say of which types
    static void rows(Path file, List<Map<String, Object>> rows, int rowGroupRows) throws IOException {
        var columns = rows.getFirst().entrySet().stream()
                .map(column -> OutputColumn.required(column.getKey(), kind(column.getValue())))
                .toList();
        try (var out = ParquetOutput.create(file, columns, rowGroupRows)) {
            for (var row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    put(out, i, row.get(columns.get(i).name()));
                }
                out.endRow();
            }
            out.finish();
        }
    }

    private static Kind kind(Object value) {
        return switch (value) {
            case Long time -> Kind.TIMESTAMP_MILLIS;
            case Double number -> Kind.DOUBLE;
            default -> Kind.STRING;
        };
    }

    private static void put(ParquetOutput out, int column, @Nullable Object value) throws IOException {
        switch (value) {
            case Long time -> out.putLong(column, time);
            case Double number -> out.putDouble(column, number);
            case byte[] bytes -> out.putBytes(column, bytes, 0, bytes.length);
            case String string -> text(out, column, string);
            case null, default -> throw new IllegalArgumentException("No such value: " + value);
        }
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private static void text(ParquetOutput out, int column, @Nullable String text) {
        if (text == null) {
            out.putNull(column);
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.putBytes(column, utf8, 0, utf8.length);
        }
    }
}
