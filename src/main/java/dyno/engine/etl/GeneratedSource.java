package dyno.engine.etl;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Records that are made from their ids: one by one or in blocks, by as many extractors as there are.
///
/// @param <R> the record
/// @param <B> the batch
final class GeneratedSource<R, B extends Batch> implements Source<R, B> {

    private final IdRange ids;
    private final int block;
    private final Maker<R, B> maker;
    private final AtomicLong blocks;

    /// @param block  ids made at a time: 1, or a block
    /// @param blocks counts the blocks
    GeneratedSource(IdRange ids, int block, Maker<R, B> maker, AtomicLong blocks) {
        this.ids = ids;
        this.block = block;
        this.maker = maker;
        this.blocks = blocks;
    }

    /// Makes records. Used by any number of threads.
    interface Maker<R, B extends Batch> {

        /// For one thread.
        Making<R, B> open();

        /// Used by one thread.
        interface Making<R, B extends Batch> {

            /// Appends `count` records from `firstId` on, fewer where the batch holds all the bytes it may.
            int append(B batch, long firstId, int count);

            R make(long id);
        }
    }

    @Override
    public Reader<R, B> open(int extractor, Rejects rejects) {
        return new Made();
    }

    private final class Made implements Reader<R, B> {

        private final Maker.Making<R, B> making = maker.open();
        private long next;
        private long claimed;
        private boolean atEnd;
        private int leftInBlock;
        private long begun;

        @Override
        public int fill(B batch, int most) {
            if (next == claimed && !claim(most)) {
                return 0;
            }
            int wanted = (int) Math.min(most, claimed - next);
            int appended = 0;
            while (appended < wanted) {
                if (leftInBlock == 0) {
                    leftInBlock = block;
                    begun++;
                }
                int piece = Math.min(leftInBlock, wanted - appended);
                int made = making.append(batch, next, piece);
                next += made;
                leftInBlock -= made;
                appended += made;
                if (made < piece) {
                    break;
                }
            }
            return appended;
        }

        private boolean claim(int count) {
            long first = ids.claim(count);
            if (first >= ids.end()) {
                atEnd = true;
                return false;
            }
            next = first;
            claimed = Math.min(ids.end(), first + count);
            return true;
        }

        @Override
        public @Nullable R next() {
            if (next == claimed && !claim(block)) {
                return null;
            }
            if (leftInBlock == 0) {
                leftInBlock = block;
                begun++;
            }
            leftInBlock--;
            return making.make(next++);
        }

        @Override
        public boolean isAtEnd() {
            return atEnd || (next == claimed && ids.isExhausted());
        }

        @Override
        public void close() {
            blocks.addAndGet(block == 1 ? 0 : begun);
        }
    }
}
