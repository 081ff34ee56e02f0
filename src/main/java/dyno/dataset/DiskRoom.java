package dyno.dataset;

import dyno.engine.FullDisk;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/// How much an upload may fill. Immutable, but for the disk that fills.
///
/// @param freeBytes    free space of the data folder's file system
/// @param reserveBytes of that, never filled
/// @param maxFileBytes of one file, as it is sent and as it is kept
record DiskRoom(LongSupplier freeBytes, long reserveBytes, long maxFileBytes) {

    /// What may be kept of a file now.
    long maxKeptBytes() {
        return Math.min(maxFileBytes, leftBytes());
    }

    /// @throws ProblemException `resource-limit` where so much more does not fit
    void require(long bytes) {
        long left = leftBytes();
        if (bytes > left) {
            throw full("The file needs %d bytes of disk, but %d are free beyond the reserve of %d"
                    .formatted(bytes, left, reserveBytes));
        }
    }

    /// What a failed write means: `resource-limit` where the disk has filled up meanwhile.
    RuntimeException explain(IOException failure) {
        var problem = FullDisk.is(failure)
                ? full("The disk filled up while the file was written")
                : new UncheckedIOException(failure);
        if (problem.getCause() == null) {
            problem.initCause(failure);
        }
        return problem;
    }

    private long leftBytes() {
        return Math.max(0, freeBytes.getAsLong() - reserveBytes);
    }

    private static ProblemException full(String detail) {
        return new ProblemException(ProblemCode.RESOURCE_LIMIT, detail);
    }
}
