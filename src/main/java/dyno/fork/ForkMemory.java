package dyno.fork;

import dyno.engine.Estimate;
import java.util.List;

/// How much memory a forked JVM gets.
///
/// ```text
/// heap   = 1.5 × the engine's largest live heap + 64 MiB   -Xms = -Xmx, so that it never grows while measuring
/// direct = the engine's memory outside the heap + 16 MiB   -XX:MaxDirectMemorySize
/// ```
///
/// both rounded up to whole MiB. The half on top is the collector's room: a heap as large as its live data does
/// nothing but collect. The 64 MiB hold classes' mirrors, the protocol and the samples, the 16 MiB the buffers that
/// the JDK keeps for each thread that does I/O. A node's budget is half of its memory, so that three quarters is
/// the most that a fork's heap takes.
///
/// @param heapBytes   what [ForkRequest#heapBytes] is
/// @param directBytes what [ForkRequest#directBytes] is
public record ForkMemory(long heapBytes, long directBytes) {

    private static final long MIB = 1 << 20;
    private static final double COLLECTORS_ROOM = 1.5;
    private static final long JVMS_OWN_HEAP = 64 * MIB;
    private static final long JVMS_OWN_DIRECT = 16 * MIB;

    /// Far beyond any machine, and far enough from the end of `long` for sums.
    private static final long MOST = 1L << 50;

    /// Rounds up to whole MiB.
    ///
    /// @throws IllegalArgumentException for less than 1 byte of either
    public ForkMemory {
        if (heapBytes < 1 || directBytes < 1) {
            throw new IllegalArgumentException("A fork cannot run with a heap of %d and direct memory of %d bytes"
                    .formatted(heapBytes, directBytes));
        }
        heapBytes = Math.ceilDiv(heapBytes, MIB) * MIB;
        directBytes = Math.ceilDiv(directBytes, MIB) * MIB;
    }

    /// What a fork of this case needs. Estimates beyond a pebibyte come out as one: no node admits either.
    public static ForkMemory of(Estimate estimate) {
        double heap = estimate.heapBytes() * COLLECTORS_ROOM + JVMS_OWN_HEAP;
        double direct = (double) estimate.directBytes() + JVMS_OWN_DIRECT;
        return new ForkMemory((long) Math.min(heap, MOST), (long) Math.min(direct, MOST));
    }

    static ForkMemory of(ForkRequest request) {
        return new ForkMemory(request.heapBytes(), request.directBytes());
    }

    /// Heap and direct memory together: what a node's budget is compared with.
    public long totalBytes() {
        return heapBytes + directBytes;
    }

    List<String> flags() {
        return List.of(
                "-Xms%dm".formatted(heapBytes / MIB),
                "-Xmx%dm".formatted(heapBytes / MIB),
                "-XX:MaxDirectMemorySize=%dm".formatted(directBytes / MIB));
    }
}
