package dyno.engine.grouping;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One invocation: what it works with, and what it tells of itself. Used by one thread at a time.
final class Invocation {

    final GroupingWorkload workload;
    final Input input;
    final Path folder;
    final Stage stage;
    final LongSupplier clock;
    final FileMaker maker;

    long groupNanos;
    long encodeNanos;
    long writeNanos;

    /// Null where reading cannot be told from grouping.
    @Nullable
    Long readNanos = 0L;

    /// Sums over workers; null where the strategy cannot tell.
    @Nullable
    Long readThreadNanos;

    Dropped dropped = Dropped.NONE;
    long spillBytes;
    int buckets;
    int resumedBuckets;
    long queries;
    long queryNanos;
    long listingNanos;
    long inputRows;
    long listedProbes;

    Invocation(GroupingWorkload workload, Input input, Path folder, Stage stage, LongSupplier clock, FileMaker maker) {
        this.workload = workload;
        this.input = input;
        this.folder = folder;
        this.stage = stage;
        this.clock = clock;
        this.maker = maker;
    }

    void addRead(long nanos) {
        readNanos = (readNanos == null ? 0 : readNanos) + nanos;
    }
}
