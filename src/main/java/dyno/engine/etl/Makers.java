package dyno.engine.etl;

import dyno.engine.etl.GeneratedSource.Maker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How records get into batches: as columns, or as objects.
final class Makers {

    private Makers() {}

    /// Rows of columns.
    ///
    /// @param batchBytes most canonical bytes of a batch
    record OfColumns(DrawStream draws, long batchBytes) implements Maker<OptimisedUser, OptimisedColumns> {

        @Override
        public Making<OptimisedUser, OptimisedColumns> open() {
            var maker = new OptimisedMaker(draws);
            return new Making<>() {
                @Override
                public int append(OptimisedColumns batch, long firstId, int count) {
                    return batch.append(draws, firstId, count, batchBytes);
                }

                @Override
                public OptimisedUser make(long id) {
                    return maker.make(id);
                }
            };
        }
    }

    /// Objects of whatever kind.
    ///
    /// @param makers     a maker for each thread
    /// @param batchBytes most canonical bytes of a batch
    record OfObjects<R>(Supplier<RecordMaker<R>> makers, RecordKind<R> kind, long batchBytes)
            implements Maker<R, ObjectBatch<R>> {

        @Override
        public Making<R, ObjectBatch<R>> open() {
            return new ObjectMaking<>(makers.get(), kind, batchBytes);
        }
    }

    private static final class ObjectMaking<R> implements Maker.Making<R, ObjectBatch<R>> {

        private final RecordMaker<R> maker;
        private final RecordKind<R> kind;
        private final long batchBytes;
        private @Nullable R heldBack;

        private ObjectMaking(RecordMaker<R> maker, RecordKind<R> kind, long batchBytes) {
            this.maker = maker;
            this.kind = kind;
            this.batchBytes = batchBytes;
        }

        @Override
        public int append(ObjectBatch<R> batch, long firstId, int count) {
            for (int i = 0; i < count; i++) {
                // One that did not fit is not made again: it is the first of the next batch.
                var record = heldBack != null ? heldBack : maker.make(firstId + i);
                heldBack = null;
                if (batch.size() > 0 && batch.inputBytes() + kind.inputBytes(record) > batchBytes) {
                    heldBack = record;
                    return i;
                }
                batch.add(record);
            }
            return count;
        }

        @Override
        public R make(long id) {
            return maker.make(id);
        }
    }

    /// Columns that were made before: copied, as they would be from a network's buffer.
    record OfPreparedColumns(OptimisedColumns prepared, long firstId, long batchBytes)
            implements Maker<OptimisedUser, OptimisedColumns> {

        @Override
        public Making<OptimisedUser, OptimisedColumns> open() {
            return new Making<>() {
                @Override
                public int append(OptimisedColumns batch, long first, int count) {
                    return batch.append(prepared, Math.toIntExact(first - firstId), count, batchBytes);
                }

                @Override
                public OptimisedUser make(long id) {
                    throw new IllegalStateException("Columns are not handed over one by one");
                }
            };
        }
    }
}
