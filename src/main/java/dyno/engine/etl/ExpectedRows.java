package dyno.engine.etl;

import dyno.engine.etl.EtlWorkload.FailureMode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What users should have left in their tables: made, or read, once more, and added up.
///
/// @param users that count
/// @param sums  of their rows, by table; see [RowSums]
@SuppressWarnings("ArrayRecordComponent") // Read, never compared.
record ExpectedRows(long users, long[] sums) {

    /// A user is 70 KB, and both sides hash all of it.
    static final long MOST_USERS = 20_000;

    /// @param input users of a dataset; null where they are generated
    static ExpectedRows of(
            EtlWorkload workload, @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> input)
            throws IOException, InterruptedException, SQLException {
        var draws = new DrawStream(workload.seed());
        double poison = workload.failureMode() == FailureMode.POISON ? workload.failureRatio() : 0;
        var tables = UserTable.values();
        var sums = new long[tables.length];
        var row = new RowSums();
        long users = 0;
        // Lines that are no users are dead letters already.
        try (var reader = source(workload, input).open(0, letter -> {})) {
            for (var user = reader.next(); user != null; user = reader.next()) {
                if (poison > 0 && FaultySink.isPoison(draws, user.id(), poison)) {
                    continue;
                }
                users++;
                for (int table = 0; table < tables.length; table++) {
                    row.begin(tables[table].table());
                    int _ = tables[table].write(user, row);
                    sums[table] += row.sum();
                }
            }
        }
        return new ExpectedRows(users, sums);
    }

    private static Source<OriginalUser, ?> source(
            EtlWorkload workload, @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> input) {
        if (input != null) {
            return input.get();
        }
        var draws = new DrawStream(workload.seed());
        var maker = new Makers.OfObjects<>(() -> new OriginalMaker(draws), OriginalKind.INSTANCE, Long.MAX_VALUE);
        var ids = new IdRange(1, workload.records() * workload.pipelines());
        return new GeneratedSource<>(ids, 1, maker, new AtomicLong());
    }
}
