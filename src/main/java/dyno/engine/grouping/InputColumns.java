package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import org.jspecify.annotations.Nullable;

/// The whole input as columns in memory: element `row` of each array is the same row's, dropped rows included.
///
/// Workers fill ranges of rows of their own; null flags come into being with the first null.
final class InputColumns {

    /// Arrays cannot be quite as long as an int can say.
    static final long MOST_ROWS = 2_147_483_639L;

    /// Marks a row whose source is null.
    static final int NO_SOURCE = -1;

    final int rows;
    final long[] timeMicros;
    final int[] sources;
    final int[] destinations;
    final byte[] ipVersions;
    final float[] rtts;
    final AddressTable sourceTable = new AddressTable();
    final AddressTable destinationTable = new AddressTable();
    private boolean @Nullable [] noTime;
    private boolean @Nullable [] noVersion;
    private boolean @Nullable [] noRtt;

    /// @throws EngineException for more rows than an array holds
    InputColumns(long rows) {
        if (rows > MOST_ROWS) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "The input has %d rows; this strategy takes at most %d: use strategy STREAMING"
                            .formatted(rows, MOST_ROWS));
        }
        this.rows = (int) rows;
        this.timeMicros = new long[this.rows];
        this.sources = new int[this.rows];
        this.destinations = new int[this.rows];
        this.ipVersions = new byte[this.rows];
        this.rtts = new float[this.rows];
    }

    synchronized boolean[] noTime() {
        if (noTime == null) {
            noTime = new boolean[rows];
        }
        return noTime;
    }

    synchronized boolean[] noVersion() {
        if (noVersion == null) {
            noVersion = new boolean[rows];
        }
        return noVersion;
    }

    synchronized boolean[] noRtt() {
        if (noRtt == null) {
            noRtt = new boolean[rows];
        }
        return noRtt;
    }

    /// Takes rows without a time out, as rows without a source are already. Called once everything is filled.
    Dropped drop() {
        boolean[] withoutTime = noTime;
        long nullSource = 0;
        long nullTime = 0;
        for (int row = 0; row < rows; row++) {
            if (sources[row] == NO_SOURCE) {
                nullSource++;
            } else if (withoutTime != null && withoutTime[row]) {
                sources[row] = NO_SOURCE;
                nullTime++;
            }
        }
        return new Dropped(nullSource, nullTime);
    }

    MeasurementColumns measurements() {
        return new MeasurementColumns(
                timeMicros, destinations, destinationTable.addresses(), ipVersions, rtts, noVersion, noRtt);
    }
}
