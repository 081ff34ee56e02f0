package dyno.engine.etl;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds a row of `loaded_user` in the binary format of COPY, header and trailer included. Does not compare with
/// a server's time for the same row, which is some hundred times as long.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EtlCopyBinaryBenchmark {

    private static final int FIELDS = 5;

    private final CopyEncoder encoder = new CopyEncoder(1 << 16);
    private final ActivityResults rows = rows();

    private static ActivityResults rows() {
        var columns = Bench.columns();
        var rows = new ActivityColumns(Bench.ROWS, false);
        rows.start(Bench.ROWS);
        rows.summarise(columns, 0, Bench.ROWS);
        return rows;
    }

    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public int rowsOfABatch() {
        encoder.clear();
        encoder.header();
        for (int row = 0; row < Bench.ROWS; row++) {
            encoder.row(FIELDS);
            encoder.bigint(rows.id(row));
            encoder.text(rows.nameBytes(row), rows.nameOffset(row), rows.nameLength(row));
            encoder.integer(rows.totalActivities(row));
            encoder.real(rows.engagementScore(row));
            encoder.bigint(rows.dataFingerprint(row));
        }
        encoder.trailer();
        return encoder.length();
    }
}
