package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.Verification.Check;
import java.io.IOException;
import java.util.List;

/// Whether READ allocates less than a byte a record.
final class AllocationCheck {

    /// What opening a file and starting a pass may take, whatever the number of records.
    private static final long FIXED_BYTES = 64 << 10;

    private AllocationCheck() {}

    static Check check(MarcWorkload workload, List<InputFile> files) throws IOException {
        var worker = new CodecWorker(ReadSettings.of(workload), new WalkConsumer(), files, Cancellation.NONE);
        // The first pass makes the buffers.
        worker.process(0, new DiscardedOutput(), 0);
        var second = worker.process(0, new DiscardedOutput(), 0);
        long records = second.totals().begun;
        long limit = FIXED_BYTES + records;
        return Check.of(
                "readAllocationFree",
                second.allocatedBytes() < limit
                        ? null
                        : "%d bytes for %d records".formatted(second.allocatedBytes(), records));
    }
}
