package dyno.engine.aggregation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The values of a result's rows as text, by column of the table. Immutable.
record RowTexts(Identity identity, CanonicalLines.Texts texts) {

    /// Null for null.
    @Nullable
    String value(TableSchema.Column column, ResultRows rows, int row) {
        boolean isStorage = rows.kind(row) == Output.STORAGE;
        return switch (column.source()) {
            case DECIMAL -> decimal(rows.exact(row, column.index()));
            case TEXT -> string(texts.text(column.index(), rows.text(row, column.index())));
            case PERIOD_ID -> Integer.toString(identity.reportPeriodId());
            case CLUSTER_ID -> identity.clusterId();
            case CLUSTER_ALIAS -> identity.clusterAlias();
            case DATA_SOURCE -> isStorage ? "Storage" : "Pod";
            case DATE -> LocalDate.ofEpochDay(rows.day(row)).toString();
            case NAMESPACE -> string(texts.namespace(rows.namespace(row)));
            case POD_LABELS -> isStorage ? null : labels(rows, row);
            case VOLUME_LABELS -> isStorage ? labels(rows, row) : null;
            case ALL_LABELS -> labels(rows, row);
            case SOURCE_UUID -> identity.sourceUuid();
            case COST -> TableSchema.NO_COST;
            case CATEGORY -> rows.category(row) == Micros.NULL ? null : Long.toString(rows.category(row));
            case NOTHING -> null;
        };
    }

    private String labels(ResultRows rows, int row) {
        var set = texts.labels()[rows.labels(row)];
        return new String(set.block(), set.from(), set.length(), StandardCharsets.UTF_8);
    }

    private static @Nullable String decimal(@Nullable BigInteger micros) {
        return micros == null ? null : CanonicalLines.plain(micros);
    }

    private static @Nullable String string(byte @Nullable [] utf8) {
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }
}
