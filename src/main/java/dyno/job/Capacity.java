package dyno.job;

import dyno.measurement.Plan.Mode;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// What a node can lend to jobs. Immutable, but for the disk that fills.
///
/// @param measureBytes     memory of a measured fork: half of the machine's or container's unless set
/// @param smokeBytes       memory that smoke jobs share: a quarter of the service's heap
/// @param freeScratchBytes free space of the data folder's file system
/// @param reserveBytes     of that, never lent
record Capacity(long measureBytes, long smokeBytes, LongSupplier freeScratchBytes, long reserveBytes) {

    long memoryBytes(Mode mode) {
        return mode == Mode.SMOKE ? smokeBytes : measureBytes;
    }

    /// @throws ProblemException `resource-limit` with what is needed and what there is
    void requireRoom(Mode mode, long memoryBytes, long scratchBytes) {
        var violations = new ArrayList<Violation>();
        long memory = memoryBytes(mode);
        if (memoryBytes > memory) {
            violations.add(new Violation(
                    "/workload",
                    "the job needs %d bytes of memory, but %s jobs may have %d".formatted(memoryBytes, mode, memory)));
        }
        long scratch = Math.max(0, freeScratchBytes.getAsLong() - reserveBytes);
        if (scratchBytes > scratch) {
            violations.add(new Violation(
                    "/workload",
                    "the job needs %d bytes of disk, but %d are free beyond the reserve of %d"
                            .formatted(scratchBytes, scratch, reserveBytes)));
        }
        if (!violations.isEmpty()) {
            var detail = String.join(
                    "; ", violations.stream().map(Violation::message).toList());
            throw new ProblemException(ProblemCode.RESOURCE_LIMIT, detail, List.copyOf(violations));
        }
    }
}
