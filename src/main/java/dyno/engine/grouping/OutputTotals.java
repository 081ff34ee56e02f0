package dyno.engine.grouping;

import dyno.engine.arrayrecord.ChunkAppender.Written;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// What one invocation wrote.
///
/// @param maxParts        records of the probe that has most
/// @param encodeSeconds   of all workers together, compression left out
/// @param compressSeconds of all workers together, hashing included
/// @param imbalance       busy time of the slowest worker over the mean
record OutputTotals(
        Map<Side, FileTotals> files,
        long splitProbes,
        int maxParts,
        SizeCounts sizes,
        double encodeSeconds,
        double compressSeconds,
        double imbalance) {

    /// One file of them.
    ///
    /// @param fingerprint stands for the file's bytes
    record FileTotals(Path path, Written written, long probes, long rows, long fingerprint) {}

    FileTotals file(Side side) {
        return Objects.requireNonNull(files.get(side));
    }

    long probes() {
        return file(Side.TRAIN).probes() + file(Side.TEST).probes();
    }

    long rows() {
        return file(Side.TRAIN).rows() + file(Side.TEST).rows();
    }

    long records() {
        return file(Side.TRAIN).written().records() + file(Side.TEST).written().records();
    }

    long bytes() {
        return file(Side.TRAIN).written().bytes() + file(Side.TEST).written().bytes();
    }

    long decodedBytes() {
        return file(Side.TRAIN).written().decodedBytes()
                + file(Side.TEST).written().decodedBytes();
    }
}
