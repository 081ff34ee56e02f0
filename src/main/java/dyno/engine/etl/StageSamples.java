package dyno.engine.etl;

import dyno.engine.etl.StageClock.Stage;
import dyno.engine.kernel.SplitMix64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// What one thread's time was spent on, told by some of its records: those whose pieces were timed.
///
/// Records lie in stretches, of which one record each is timed, anywhere in it, so that nothing that comes
/// every so
/// many records (a full batch, a look at the wall's clock) is always met, or never. A timed record speaks
/// for its
/// stretch. The first stretches are short, so that a run of a hundred records has samples too.
///
/// ```text
/// stretches   8 of 1 record, 8 of 2, of 4, of 8, of 16, of 32, then all of 64
///
/// readings    r0 ── extract ── r1 ── hand over ── r2 ─ r3
///             one reading costs r3 - r2; r1 - r0 and r2 - r1 have the cost of one in them each
/// ```
///
/// Pieces take less than a reading does: what a reading costs is taken off, and pieces only say in which
/// proportion
/// the thread's own time, which is known, is to be shared out. Multiplied by the records that they speak
/// for, they
/// could come to more than the thread ever took.
///
/// Used by one thread.
final class StageSamples {

    private static final int LARGEST_STRETCH = 64;
    private static final int STRETCHES_OF_A_SIZE = 8;
    private static final int STAGES = Stage.values().length;

    private final LongSupplier cpuNanos;
    private final Set<Stage> stages = EnumSet.noneOf(Stage.class);

    /// Without their readings; below 0 where pieces took less than a reading's cost varies by.
    private final long[] sampled = new long[STAGES];

    /// The same, each times the records that it speaks for.
    private final long[] weighted = new long[STAGES];

    private final long[] piece = new long[STAGES];
    private int pieces;
    private int stretch = 1;
    private int stretchesOfThisSize;
    private long stretchEnd;
    private long chosen = -1;
    private long first;
    private long last;

    /// From the first to the last reading of each timed record.
    private long timed;

    /// @param cpuNanos of the calling thread
    StageSamples(LongSupplier cpuNanos) {
        this.cpuNanos = cpuNanos;
    }

    /// Whether a record is to be timed; its time starts now then, and [#end] has to follow.
    ///
    /// @param record 0-based; asked about one after the other
    boolean begin(long record) {
        if (record == stretchEnd) {
            nextStretch();
        }
        if (record != chosen) {
            return false;
        }
        first = cpuNanos.getAsLong();
        last = first;
        return true;
    }

    private void nextStretch() {
        if (stretchesOfThisSize == STRETCHES_OF_A_SIZE && stretch < LARGEST_STRETCH) {
            stretch *= 2;
            stretchesOfThisSize = 0;
        }
        stretchesOfThisSize++;
        chosen = stretchEnd + Math.floorMod(SplitMix64.mix(stretchEnd), stretch);
        stretchEnd += stretch;
    }

    /// What was done since the last reading was of `stage`; once a stage and timed record.
    void lap(Stage stage) {
        long now = cpuNanos.getAsLong();
        int slot = StageClock.slot(stage);
        piece[slot] = now - last;
        pieces |= 1 << slot;
        last = now;
    }

    /// Nothing more is done with the timed record.
    void end() {
        long now = cpuNanos.getAsLong();
        long reading = now - last;
        for (var stage : Stage.values()) {
            int slot = StageClock.slot(stage);
            if ((pieces & (1 << slot)) != 0) {
                stages.add(stage);
                sampled[slot] += piece[slot] - reading;
                weighted[slot] += (piece[slot] - reading) * stretch;
            }
        }
        pieces = 0;
        timed += now - first;
    }

    /// Stages that pieces were timed of.
    Set<Stage> stages() {
        return stages;
    }

    /// CPU time that went into readings and not into what was timed; at least 0, and at most what the
    /// thread took.
    long readingNanos() {
        long reading = timed;
        for (long nanos : sampled) {
            reading -= Math.max(0, nanos);
        }
        return reading;
    }

    /// Shares nanoseconds out among the stages as the samples were.
    ///
    /// @return the shares, which add up to `nanos`; none where no stage's samples came to more than their
    /// readings
    Map<Stage, Long> share(long nanos) {
        var shares = new EnumMap<Stage, Long>(Stage.class);
        double all = 0;
        for (long weight : weighted) {
            all += Math.max(0, weight);
        }
        if (all == 0) {
            return shares;
        }
        double upTo = 0;
        long given = 0;
        for (var stage : Stage.values()) {
            upTo += Math.max(0, weighted[StageClock.slot(stage)]);
            // The last quotient is 1: nothing is left over, and nothing is given out twice.
            long reached = (long) (nanos * (upTo / all));
            shares.put(stage, reached - given);
            given = reached;
        }
        return shares;
    }
}
