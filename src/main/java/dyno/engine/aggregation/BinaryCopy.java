package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One COPY in binary format.
final class BinaryCopy implements Loading {

    /// What is sent at a time, and how often somebody asks whether to go on.
    private static final int FLUSH_BYTES = 64 * 1024;

    private static final byte[] POD = {'P', 'o', 'd'};
    private static final byte[] STORAGE = {'S', 't', 'o', 'r', 'a', 'g', 'e'};

    private final Identity identity;
    private final Cancellation cancellation;
    private final CopyFields fields = new CopyFields(FLUSH_BYTES + 16 * 1024);
    private final byte[] clusterId;
    private final byte[] clusterAlias;
    private final byte[] noCost = TableSchema.NO_COST.getBytes(StandardCharsets.US_ASCII);

    BinaryCopy(Identity identity, Cancellation cancellation) {
        this.identity = identity;
        this.cancellation = cancellation;
        this.clusterId = identity.clusterId().getBytes(StandardCharsets.UTF_8);
        this.clusterAlias = identity.clusterAlias().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(Connection connection, Result result) throws SQLException {
        var texts = CanonicalLines.Texts.of(result.shared());
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN (FORMAT binary)"
                        .formatted(TableSchema.TABLE, TableSchema.COLUMN_NAMES));
        try {
            fields.clear();
            fields.header();
            for (var part : result.parts()) {
                for (int row = 0; row < part.size(); row++) {
                    row(part, row, texts);
                    if (fields.length() >= FLUSH_BYTES) {
                        send(copy);
                    }
                }
            }
            fields.trailer();
            send(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void send(CopyIn copy) throws SQLException {
        cancellation.check();
        copy.writeToCopy(fields.array(), 0, fields.length());
        fields.clear();
    }

    private void row(ResultRows rows, int row, CanonicalLines.Texts texts) {
        boolean isStorage = rows.kind(row) == Output.STORAGE;
        var labels = texts.labels()[rows.labels(row)];
        fields.row(TableSchema.COLUMNS.size());
        for (var column : TableSchema.COLUMNS) {
            switch (column.source()) {
                case DECIMAL -> decimal(rows, row, column.index());
                case TEXT -> text(texts.text(column.index(), rows.text(row, column.index())));
                case PERIOD_ID -> fields.integer(identity.reportPeriodId());
                case CLUSTER_ID -> fields.text(clusterId);
                case CLUSTER_ALIAS -> fields.text(clusterAlias);
                case DATA_SOURCE -> fields.text(isStorage ? STORAGE : POD);
                case DATE -> fields.date(rows.day(row));
                case NAMESPACE -> text(texts.namespace(rows.namespace(row)));
                case POD_LABELS -> labels(isStorage ? null : labels);
                case VOLUME_LABELS -> labels(isStorage ? labels : null);
                case ALL_LABELS -> labels(labels);
                case SOURCE_UUID -> fields.uuid(identity.source());
                case COST -> fields.jsonb(noCost);
                case CATEGORY -> category(rows.category(row));
                case NOTHING -> fields.nothing();
            }
        }
    }

    private void decimal(ResultRows rows, int row, int column) {
        long micros = rows.decimal(row, column);
        if (micros == Micros.NULL) {
            fields.nothing();
        } else if (micros == Micros.WIDE) {
            fields.numeric(Objects.requireNonNull(rows.exact(row, column)));
        } else {
            fields.numeric(micros);
        }
    }

    private void text(byte @org.jspecify.annotations.Nullable [] utf8) {
        if (utf8 == null) {
            fields.nothing();
        } else {
            fields.text(utf8);
        }
    }

    private void labels(@org.jspecify.annotations.Nullable LabelSet set) {
        if (set == null) {
            fields.nothing();
        } else {
            fields.jsonb(set.block(), set.from(), set.length());
        }
    }

    private void category(long category) {
        if (category == Micros.NULL) {
            fields.nothing();
        } else {
            fields.integer((int) category); // ids are int32
        }
    }
}
