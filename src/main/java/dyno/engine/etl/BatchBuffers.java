package dyno.engine.etl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The buffers of a hand-over: empty, in the making, or full and on their way. Their number is fixed.
/// Empty ones are
/// taken last in, first out, so that the next one filled is one that a cache still holds.
///
/// Used by one thread at a time: under the lock of [BatchExchange].
final class BatchBuffers<B extends Batch> {

    private final List<B> all = new ArrayList<>();
    private final ArrayDeque<B> empty = new ArrayDeque<>();

    /// Batches that extractors fill.
    private final List<B> making = new ArrayList<>();

    /// Records in batches that wait or that workers have.
    private long live;

    private long liveHighWater;

    BatchBuffers(int count, Supplier<B> buffers) {
        for (int i = 0; i < count; i++) {
            all.add(buffers.get());
        }
    }

    /// Every buffer is empty again. Nobody may hold one.
    void restart() {
        empty.clear();
        making.clear();
        for (var batch : all) {
            batch.clear();
            empty.push(batch);
        }
        live = 0;
        liveHighWater = 0;
    }

    /// An empty one to fill.
    B next() {
        var next = empty.pop();
        making.add(next);
        return next;
    }

    /// One that was made is on its way.
    @SuppressWarnings("ReferenceEquality") // Buffers have no other identity.
    void handOver(B batch) {
        live += batch.size();
        for (int i = 0; i < making.size(); i++) {
            if (making.get(i) == batch) {
                making.remove(i);
                return;
            }
        }
    }

    /// One that was loaded, and cleared.
    ///
    /// @param records that were in it
    void giveBack(B batch, int records) {
        live -= records;
        empty.push(batch);
    }

    /// Batches in the making count too. Those of other extractors are read while they grow: as large as
    /// they were a
    /// moment ago.
    void lookAtLive() {
        long now = live;
        for (int i = 0; i < making.size(); i++) {
            now += making.get(i).size();
        }
        liveHighWater = Math.max(liveHighWater, now);
    }

    /// Most records that were alive when somebody looked.
    long liveHighWater() {
        return liveHighWater;
    }
}
