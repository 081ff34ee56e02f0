package dyno.engine.generator;

import dyno.engine.Cancellation;
import dyno.engine.generator.ChunkFiller.Sharing;
import dyno.engine.kernel.WorkerPool;
import dyno.engine.kernel.WorkerPool.Waiting;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A stream of incompressible or deliberately compressible, reproducible bytes, read in order or at any position.
///
/// ```java
/// try (var generator = DataGenerator.open(DataGeneratorSettings.ofLength(1L << 30).withSeed(42))) {
///     while (generator.fill(buffer, 0, buffer.length) > 0) { … }
/// }
/// ```
///
/// Used by one thread at a time, but for the `fill` methods that take a position: any number of threads may call
/// those.
public final class DataGenerator implements AutoCloseable {

    private static final int COPY_BYTES = 1 << 20;

    private final DataGeneratorSettings settings;
    private final WorkerPool pool;
    private ChunkFiller filler;
    private long position;
    /// Where the content of the current seed began; 0 but after [#setSeed].
    private long origin;
    private volatile Content content;
    private volatile boolean closed;

    private DataGenerator(DataGeneratorSettings settings, long seed) {
        this.settings = settings;
        this.content = settings.content(seed);
        int processors = Runtime.getRuntime().availableProcessors();
        this.pool = new WorkerPool(
                settings.threads(),
                "data-generator",
                settings.threads() <= processors ? Waiting.SPIN_THEN_PARK : Waiting.PARK);
        this.filler = new ChunkFiller(content, pool, Sharing.FIRST_COME, Cancellation.NONE);
    }

    /// @throws IllegalArgumentException where settings cannot work; the message lists everything that is wrong
    public static DataGenerator open(DataGeneratorSettings settings) {
        var problems = SettingsCheck.problems(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new DataGenerator(settings, settings.seed().orElseGet(() -> new SecureRandom().nextLong()));
    }

    /// Writes the next bytes of the stream.
    ///
    /// @param from index of the first byte to write
    /// @return how many were written: `length`, or fewer at the end of the stream; 0 at the end, and for `length` 0
    /// @throws IndexOutOfBoundsException where the array has no such range; nothing is written then
    /// @throws IllegalStateException     after [#close], or after a worker failed
    /// @throws InterruptedException      when the thread is interrupted; the position stays, the range is undefined
    public int fill(byte[] destination, int from, int length) throws InterruptedException {
        requireOpen();
        // At most length, so it fits an int.
        int count = (int) remaining(length);
        fillNext(new HeapDestination(destination, from, length), count);
        return count;
    }

    /// Writes the next bytes of the stream to the whole of `destination`, which must not be closed meanwhile.
    ///
    /// @return how many were written: fewer than the segment's size at the end of the stream
    /// @throws IllegalArgumentException where the segment is read-only; nothing is written then
    /// @throws WrongThreadException     where the segment belongs to another thread
    /// @throws IllegalStateException    after [#close], where the segment's arena is closed, or a worker
    ///                                  failed before
    /// @throws InterruptedException     when the thread is interrupted; the position stays, the segment
    ///                                  is undefined
    public long fill(MemorySegment destination) throws InterruptedException {
        requireOpen();
        requireWritable(destination);
        long count = remaining(destination.byteSize());
        var direct = direct(destination);
        if (direct != null) {
            fillNext(direct, count);
        } else {
            copy(destination, count, position - origin, content);
            position += count;
        }
        return count;
    }

    /// Writes the bytes that begin at `at`, by the calling thread alone. Moves nothing; any number of threads may call
    /// it at the same time.
    ///
    /// @param at 0 … length of the stream
    /// @return how many were written
    /// @throws IndexOutOfBoundsException where array or stream have no such range; nothing is written then
    /// @throws IllegalStateException     after [#close]
    public int fill(byte[] destination, int from, int length, long at) {
        requireOpen();
        var current = content;
        requirePosition(at);
        int count = (int) Math.min(length, current.length() - at);
        write(current, new HeapDestination(destination, from, length), count, at);
        return count;
    }

    /// Writes the bytes that begin at `at` to `destination`, which must not be closed meanwhile, by the calling thread
    /// alone. Moves nothing; any number of threads may call it at the same time.
    ///
    /// @param at 0 … length of the stream
    /// @return how many were written
    /// @throws IllegalArgumentException  where the segment is read-only; nothing is written then
    /// @throws IndexOutOfBoundsException where the stream has no such position
    /// @throws WrongThreadException      where the segment belongs to another thread
    /// @throws IllegalStateException     after [#close], or where the segment's arena is closed
    public long fill(MemorySegment destination, long at) {
        requireOpen();
        requireWritable(destination);
        requirePosition(at);
        var current = content;
        long count = Math.min(destination.byteSize(), current.length() - at);
        var direct = direct(destination);
        if (direct != null) {
            write(current, direct, count, at);
        } else {
            copy(destination, count, at, current);
        }
        return count;
    }

    /// Bytes from the beginning to what the next fill writes.
    public long position() {
        return position;
    }

    /// @param to 0 … length of the stream
    /// @throws IndexOutOfBoundsException where the stream has no such position
    public void seek(long to) {
        requireOpen();
        requirePosition(to);
        position = to;
        origin = 0;
    }

    /// Back to the beginning of the current seed's stream.
    public void reset() {
        seek(0);
    }

    /// The seed of what the next fill writes.
    public long seed() {
        return content.seed();
    }

    /// From here on, the content of `seed` follows from *its* beginning; [#seek] and [#reset] end that and address the
    /// seed's own stream.
    public void setSeed(long seed) {
        requireOpen();
        content = content.withSeed(seed);
        filler = new ChunkFiller(content, pool, Sharing.FIRST_COME, Cancellation.NONE);
        origin = position;
    }

    /// The settings it was opened with.
    public DataGeneratorSettings settings() {
        return settings;
    }

    /// Dedup units of the stream, the last one perhaps cut short.
    public long units() {
        return content.dedupPlan().units();
    }

    /// Distinct ones among [#units].
    public long distinctUnits() {
        return content.dedupPlan().distinctUnits();
    }

    /// Ends the threads. Closing twice does nothing.
    @Override
    public void close() {
        closed = true;
        pool.close();
    }

    private void fillNext(Destination destination, long count) throws InterruptedException {
        if (count > 0) {
            filler.fill(destination, count, position - origin);
            position += count;
        }
    }

    private long remaining(long asked) {
        return Math.min(asked, content.length() - position);
    }

    private static void write(Content content, Destination destination, long count, long at) {
        var writer = ContentWriter.of(content);
        for (long done = 0; done < count; done += COPY_BYTES) {
            writer.write(destination, done, (int) Math.min(COPY_BYTES, count - done), at + done);
        }
    }

    /// Arrays other than `byte[]` are reached through one.
    private static void copy(MemorySegment destination, long count, long at, Content content) {
        var reader = new StreamReader(content);
        long[] done = {0};
        reader.pieces(at, count, (piece, from, length) -> {
            MemorySegment.copy(MemorySegment.ofArray(piece), from, destination, done[0], length);
            done[0] += length;
        });
    }

    /// The segment as memory that kernels write to; null where it is an array of something else than bytes.
    private static @Nullable Destination direct(MemorySegment segment) {
        if (segment.isNative()) {
            return new NativeDestination(segment);
        }
        // An array's segment has the offset in the array as its address, and fits an int.
        return segment.heapBase().orElse(null) instanceof byte[] array
                ? new HeapDestination(array, (int) segment.address(), (int) segment.byteSize())
                : null;
    }

    private static void requireWritable(MemorySegment destination) {
        if (destination.isReadOnly()) {
            throw new IllegalArgumentException("The destination is read-only");
        }
        if (!destination.scope().isAlive()) {
            throw new IllegalStateException("The destination's arena is closed");
        }
        if (!destination.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException("The destination belongs to another thread");
        }
    }

    private void requirePosition(long at) {
        long length = content.length();
        Objects.checkFromToIndex(at, length, length);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The generator is closed");
        }
    }
}
