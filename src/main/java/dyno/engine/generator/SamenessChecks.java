package dyno.engine.generator;

import dyno.engine.Cancellation;
import dyno.engine.TrialContext.Depth;
import dyno.engine.generator.ChunkFiller.Sharing;
import dyno.engine.kernel.NanoTime;
import dyno.engine.kernel.WorkerPool;
import dyno.engine.kernel.WorkerPool.Waiting;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether the bytes stay the same whichever way they are made: threads, chunk size, buffer and mode are varied one
/// at a time, and everything is compared with the reference. Used by one thread at a time.
final class SamenessChecks {

    private static final int MIB = 1 << 20;
    private static final int SEEKS = 64;
    private static final int MAX_SEEK_BYTES = 70_000;

    /// One way of making chunks.
    private record Way(int threads, int chunkBytes, BufferKind buffer, Mode mode) {}

    private final GeneratorWorkload workload;
    private final Content content;
    private final ReferenceContent reference;
    private final List<byte[]> expected;
    private final long[] positions;
    private final Way usual;

    /// Makes the reference: up to 8 MiB from the start and up to 8 around the end, 256 KiB each where verification
    /// is to be short.
    SamenessChecks(GeneratorWorkload workload, Content content, Depth depth) {
        this.workload = workload;
        this.content = content;
        this.reference = new ReferenceContent(content);
        int windowBytes = depth == Depth.FULL ? 8 * MIB : MIB / 4;
        int length = (int) Math.min(windowBytes, content.length());
        this.positions = new long[] {0, content.length() - length};
        this.expected = List.of(reference.bytes(0, length), reference.bytes(positions[1], length));
        this.usual =
                new Way(workload.threads(), Math.min(workload.chunkBytes(), length), workload.buffer(), Mode.DIRECT);
    }

    @Nullable
    String threads() throws InterruptedException {
        for (int threads : new TreeSet<>(List.of(1, 2, 3, workload.threads()))) {
            var difference = difference(new Way(threads, usual.chunkBytes, usual.buffer, usual.mode));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    @Nullable
    String chunks() throws InterruptedException {
        for (int chunk : new LinkedHashSet<>(List.of(4095, MIB + 8, 5 * MIB / 2, usual.chunkBytes))) {
            var difference = difference(new Way(usual.threads, chunk, usual.buffer, usual.mode));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    @Nullable
    String buffers() throws InterruptedException {
        for (var buffer : BufferKind.values()) {
            var difference = difference(new Way(usual.threads, usual.chunkBytes, buffer, usual.mode));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    @Nullable
    String modes() throws InterruptedException {
        for (var mode : Mode.values()) {
            var difference = difference(new Way(usual.threads, usual.chunkBytes, usual.buffer, mode));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /// Offsets and lengths from a fixed seed, so that a failure can be repeated.
    @Nullable
    String seeks() {
        var random = new SplittableRandom(content.seed());
        var writer = ContentWriter.of(content);
        var slice = new HeapDestination((int) Math.min(MAX_SEEK_BYTES, content.length()));
        for (int i = 0; i < SEEKS; i++) {
            int length = random.nextInt((int) slice.bytes() + 1);
            long offset = random.nextLong(content.length() - length + 1);
            writer.write(slice, 0, length, offset);
            int mismatch = Arrays.mismatch(slice.array(), 0, length, reference.bytes(offset, length), 0, length);
            if (mismatch >= 0) {
                return "byte %d differs, read from %d".formatted(offset + mismatch, offset);
            }
        }
        return null;
    }

    private @Nullable String difference(Way way) throws InterruptedException {
        var pool = new WorkerPool(way.threads, "generator-check", Waiting.PARK);
        try (var filler = new ChunkFiller(content, pool, Sharing.FIRST_COME, Cancellation.NONE);
                var source =
                        ChunkSource.of(way.mode, filler, way.buffer, way.chunkBytes, new Stopwatch(NanoTime.system()));
                var buffers = ChunkBuffers.allocate(way.buffer, 1, way.chunkBytes)) {
            for (int i = 0; i < positions.length; i++) {
                var difference = difference(way, source, buffers.first(), positions[i], expected.get(i));
                if (difference != null) {
                    return difference;
                }
            }
        }
        return null;
    }

    private static @Nullable String difference(
            Way way, ChunkSource source, Destination chunk, long position, byte[] window) throws InterruptedException {
        for (int done = 0; done < window.length; ) {
            int count = Math.min(way.chunkBytes, window.length - done);
            source.fill(chunk, count, position + done);
            long mismatch = chunk.view(0, count)
                    .mismatch(java.lang.foreign.MemorySegment.ofArray(window).asSlice(done, count));
            if (mismatch >= 0) {
                return "%s differs from the reference at byte %d".formatted(way, position + done + mismatch);
            }
            done += count;
        }
        return null;
    }
}
