package dyno.engine.aggregation;

import dyno.engine.Field;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Generated input: a named scale, or its fields one by one.
public record Generate(
        @Field("a named size, which fixes pods, nodes, namespaces, days, hours, labels, layout and volumes") @Nullable
        Scale scale,

        @Field(value = "pods, one row each per hour; needed where there is no scale", min = "1", max = "200000")
        @Nullable
        Integer pods,

        @Field(value = "nodes, at most pods; needed where there is no scale", min = "1", max = "200000") @Nullable
        Integer nodes,

        @Field(value = "namespaces, at most pods; needed where there is no scale", min = "1", max = "200000") @Nullable
        Integer namespaces,

        @Field(value = "days from the first of the month", defaultValue = "1", min = "1", max = "31")
        int days,

        @Field(value = "hours 0 to n - 1 of each day", defaultValue = "24", min = "1", max = "24")
        int hoursPerDay,

        @Field(value = "distinct values of the pod label, at most pods", defaultValue = "1", min = "1", max = "200000")
        int labelCardinality,

        @Field(value = "how pods lie on nodes and namespaces", defaultValue = "SPREAD")
        PodLayout layout,

        @Field(
                value = "claims of the storage table; 0 for no such table",
                defaultValue = "0",
                min = "0",
                max = "100000")
        int volumes,

        @Field(value = "the month", defaultValue = "2025-10", pattern = "[12][0-9]{3}-(0[1-9]|1[0-2])")
        String month,

        @Field(
                value = "decides usage, sizes and labels",
                defaultValue = "42",
                min = "-9223372036854775808",
                max = "9223372036854775807")
        long seed,

        @Field(value = "files that a table of a day is cut into", defaultValue = "1", min = "1", max = "64")
        int filesPerDay,

        @Field(value = "rows of a Parquet row group", defaultValue = "131072", min = "1", max = "10000000")
        int rowGroupRows,

        @Field(value = "compression of the Parquet pages", defaultValue = "SNAPPY")
        FileCompression compression,

        @Field(value = "how pod labels are written", defaultValue = "JSON")
        LabelFormat labelFormat,

        @Field(value = "how often node and namespace labels are repeated", defaultValue = "PER_OBJECT")
        LabelRows labelRows,

        @Field(value = "pod rows with a defect among a million", defaultValue = "0", min = "0", max = "1000000")
        int defectsPerMillion) {

    /// @throws NullPointerException where neither scale nor pods were given, which is a contradiction
    int podCount() {
        return Objects.requireNonNull(pods);
    }

    /// As [#podCount].
    int nodeCount() {
        return Objects.requireNonNull(nodes);
    }

    /// As [#podCount].
    int namespaceCount() {
        return Objects.requireNonNull(namespaces);
    }

    boolean isSized() {
        return pods != null && nodes != null && namespaces != null;
    }

    long podRows() {
        return (long) podCount() * days * hoursPerDay;
    }

    YearMonth yearMonth() {
        return YearMonth.parse(month);
    }

    LocalDate firstDate() {
        return yearMonth().atDay(1);
    }

    /// What decides the rows' values, as one text. The scale is left out: what it stands for is in the
    /// other fields.
    String rows() {
        return joined(
                pods,
                nodes,
                namespaces,
                days,
                hoursPerDay,
                labelCardinality,
                layout,
                volumes,
                month,
                seed,
                defectsPerMillion);
    }

    /// What decides the files' bytes, as one text: the rows, and how they are written.
    String files() {
        return joined(rows(), filesPerDay, rowGroupRows, compression, labelFormat, labelRows);
    }

    private static String joined(@Nullable Object... parts) {
        return Stream.of(parts).map(String::valueOf).collect(Collectors.joining("|"));
    }

    /// Pods on a node, the last node aside.
    int podsPerNode() {
        return Math.ceilDiv(podCount(), nodeCount());
    }
}
