package dyno.engine.generator;

import dyno.engine.Cancellation;
import dyno.engine.kernel.ChunkRange;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Fills chunks of one stream with all of its threads. One caller at a time; in the steady state a call
/// allocates nothing.
///
/// A chunk is cut at multiples of the piece size *in the stream*, so that generators which are read in order
/// start where their blocks do. Threads take pieces from a common counter, or, where they are pinned, a fixed
/// contiguous share each, so that a page always belongs to the same one.
final class ChunkFiller implements AutoCloseable {

    /// How pieces come to threads.
    enum Sharing {
        FIRST_COME,
        FIXED
    }

    /// Nobody asks for cancellation within a piece.
    static final int MAX_PIECE_BYTES = 1 << 20;

    /// Below this a piece costs less than handing it to another thread.
    private static final int MIN_PIECE_BYTES = 1 << 16;

    private static final int PIECES_PER_THREAD = 4;

    private final Content content;
    private final WorkerPool pool;
    private final Sharing sharing;
    private final Cancellation cancellation;
    private final ContentWriter[] writers;
    private final WorkerPool.Task fillShare = this::fillShare;
    private final AtomicLong nextPiece = new AtomicLong();
    private final int blockBytes;

    // The chunk that is being filled.
    private Destination destination = new HeapDestination(0);
    private long length;
    private long position;
    private long pieceBytes;
    private long pieces;

    private boolean broken;

    /// @param pool closed together with this
    ChunkFiller(Content content, WorkerPool pool, Sharing sharing, Cancellation cancellation) {
        this.content = content;
        this.pool = pool;
        this.sharing = sharing;
        this.cancellation = cancellation;
        this.writers = new ContentWriter[pool.threads()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = ContentWriter.of(content);
        }
        this.blockBytes = !content.algorithm().isByBlock()
                ? 1
                : content.layout() == Layout.DGEN
                        ? content.ratios().dedupUnitBytes()
                        : content.ratios().generatorBlockBytes();
    }

    Content content() {
        return content;
    }

    int threads() {
        return writers.length;
    }

    /// Writes the bytes `from … from + count - 1` of the stream to the beginning of `chunk`.
    ///
    /// @throws CancellationException  once the work was cancelled
    /// @throws WorkerFailureException when a thread failed; every later call is refused
    /// @throws InterruptedException   when the caller is interrupted; no thread writes any more then
    void fill(Destination chunk, long count, long from) throws InterruptedException {
        begin(chunk, count, from);
        try {
            pool.run(fillShare);
        } catch (WorkerFailureException e) {
            broken = true;
            throw asCancellation(e);
        }
    }

    /// The same, but by the threads of `others`, of which there are as many.
    void fill(Destination chunk, long count, long from, ExecutorService others) throws InterruptedException {
        begin(chunk, count, from);
        var shares = new ArrayList<Future<?>>(writers.length);
        for (int i = 0; i < writers.length; i++) {
            int worker = i;
            shares.add(others.submit(() -> fillShare(worker)));
        }
        for (var share : shares) {
            try {
                share.get();
            } catch (ExecutionException e) {
                broken = true;
                throw e.getCause() instanceof CancellationException cancelled
                        ? cancelled
                        : new IllegalStateException("A thread of the chunk's pool failed", e.getCause());
            }
        }
    }

    /// Writes zeros to a chunk buffer, every page by the thread that will write it later.
    void touch(Destination chunk) throws InterruptedException {
        pool.run(worker -> {
            var share = ChunkRange.of(Math.ceilDiv(chunk.bytes(), MAX_PIECE_BYTES), writers.length, worker);
            for (long piece = share.from(); piece < share.end(); piece++) {
                long from = piece * MAX_PIECE_BYTES;
                chunk.zero(from, (int) Math.min(MAX_PIECE_BYTES, chunk.bytes() - from));
            }
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    private void begin(Destination chunk, long count, long from) {
        if (broken) {
            throw new IllegalStateException("A thread of this generator failed before; it cannot be used again");
        }
        destination = chunk;
        length = count;
        position = from;
        pieceBytes = pieceBytes(count);
        pieces = count == 0 ? 0 : (from + count - 1) / pieceBytes - from / pieceBytes + 1;
        nextPiece.set(0);
    }

    /// A power of two. One thread takes whole pieces; several take enough of them to end at about the same time.
    private long pieceBytes(long count) {
        long share = writers.length == 1 ? MAX_PIECE_BYTES : count / ((long) writers.length * PIECES_PER_THREAD);
        long piece = Long.highestOneBit(Math.clamp(share, MIN_PIECE_BYTES, MAX_PIECE_BYTES));
        return Math.max(piece, blockBytes);
    }

    private void fillShare(int worker) {
        var writer = writers[worker];
        switch (sharing) {
            case FIRST_COME -> {
                for (long piece = nextPiece.getAndIncrement(); piece < pieces; piece = nextPiece.getAndIncrement()) {
                    fillPiece(writer, piece);
                }
            }
            case FIXED -> {
                var share = ChunkRange.of(pieces, writers.length, worker);
                for (long piece = share.from(); piece < share.end(); piece++) {
                    fillPiece(writer, piece);
                }
            }
        }
    }

    private void fillPiece(ContentWriter writer, long piece) {
        long first = position / pieceBytes + piece;
        long from = Math.max(position, first * pieceBytes);
        // The end of an endless stream's last piece may lie beyond what a long can hold.
        long count = Math.min(position + length - from, pieceBytes - (from - first * pieceBytes));
        for (long done = 0; done < count; ) {
            if (pool.isStopping()) {
                return;
            }
            cancellation.check();
            int part = (int) Math.min(count - done, MAX_PIECE_BYTES);
            writer.write(destination, from - position + done, part, from + done);
            done += part;
        }
    }

    private static RuntimeException asCancellation(WorkerFailureException failure) {
        return failure.getCause() instanceof CancellationException cancelled ? cancelled : failure;
    }
}
