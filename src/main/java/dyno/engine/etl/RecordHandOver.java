package dyno.engine.etl;

import dyno.engine.etl.StageClock.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hands over record by record, as the peer does: one producer, a queue, a feeder, a second queue, and workers that
/// collect batches of their own. Kept as the yardstick: nothing in it is cleverer than there.
///
/// A wait in a queue ends by an interrupt where the pipeline has to end; [Stop] sees to that.
final class RecordHandOver<R> implements HandOver<ObjectBatch<R>> {

    /// The producer looks at the clock and at how full things are once in so many records.
    static final int SAMPLING = 64;

    private final PipelineSettings settings;
    private final Supplier<? extends Source<R, ObjectBatch<R>>> sources;
    private final Time time;
    private final List<Collector> collectors = new ArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private ArrayBlockingQueue<Envelope<R>> first;
    private ArrayBlockingQueue<Envelope<R>> second;
    private @Nullable Run run;
    private @Nullable Source<R, ObjectBatch<R>> source;
    private volatile List<Tally> tallies = List.of();
    private volatile long extracted;
    private volatile long depthHighWater;
    private volatile long liveHighWater;
    private volatile long blockedNanos;

    /// @param record null at the end of the source
    /// @param nanos  when it was extracted
    /// @param due    when it was due; `nanos` where the load is not open
    private record Envelope<R>(@Nullable R record, long nanos, long due) {}

    RecordHandOver(
            PipelineSettings settings,
            Supplier<? extends Source<R, ObjectBatch<R>>> sources,
            Supplier<ObjectBatch<R>> buffers,
            Time time) {
        this.settings = settings;
        this.sources = sources;
        this.time = time;
        this.first = queue(settings.firstQueueRecords());
        this.second = queue(settings.queueRecords());
        for (int i = 0; i < settings.workers(); i++) {
            collectors.add(new Collector(buffers.get()));
        }
    }

    private ArrayBlockingQueue<Envelope<R>> queue(int capacity) {
        return new ArrayBlockingQueue<>(capacity);
    }

    @Override
    public void start(Run next) {
        run = next;
        source = sources.get();
        numbers.set(0);
        first.clear();
        second.clear();
        collectors.forEach(Collector::restart);
        extracted = 0;
        depthHighWater = 0;
        liveHighWater = 0;
        blockedNanos = 0;
        tallies = List.of();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the producer alone.
    public void extract(int extractor, StageClock clock) throws IOException, InterruptedException {
        var current = current();
        try (var reader = source().open(extractor, current.rejects())) {
            var pacer = settings.isPaced() ? new Pacer(current.startNanos(), settings.ratePerSecond()) : null;
            var samples = clock.samples();
            long given = 0;
            long now = time.nanos();
            while (true) {
                boolean isTimed = clock.isOn() && samples.begin(given);
                var record = reader.next();
                if (isTimed) {
                    samples.lap(Stage.EXTRACT);
                }
                if (record == null) {
                    if (isTimed) {
                        samples.end();
                    }
                    break;
                }
                long due = now;
                if (pacer != null) {
                    due = pacer.dueNanos(given);
                    now = waitUntil(due);
                } else if (given % SAMPLING == 0) {
                    now = time.nanos();
                    due = now;
                }
                given++;
                var envelope = new Envelope<R>(record, now, due);
                if (!first.offer(envelope)) {
                    first.put(envelope);
                    long later = time.nanos();
                    blockedNanos += later - now;
                    now = later;
                }
                if (isTimed) {
                    samples.lap(Stage.HAND_OVER);
                    samples.end();
                }
                if (given % SAMPLING == 0) {
                    look(given);
                }
            }
            look(given);
            first.put(new Envelope<R>(null, now, now));
        }
    }

    private long waitUntil(long due) throws InterruptedException {
        long now = time.nanos();
        while (now < due) {
            time.sleep(due - now);
            now = time.nanos();
        }
        return now;
    }

    private void look(long given) {
        extracted = given;
        long done = 0;
        for (var tally : tallies) {
            done += tally.done();
        }
        liveHighWater = Math.max(liveHighWater, given - done);
    }

    /// Who counts what is through; for the figures alone.
    void watch(List<Tally> workers) {
        tallies = List.copyOf(workers);
    }

    @Override
    public void feed(StageClock clock) throws InterruptedException {
        long passed = 0;
        while (true) {
            var envelope = first.take();
            if (!second.offer(envelope)) {
                depthHighWater = settings.queueRecords();
                second.put(envelope);
            }
            if (++passed % SAMPLING == 0) {
                depthHighWater = Math.max(depthHighWater, second.size());
            }
            if (envelope.record() == null) {
                clock.mark(Stage.HAND_OVER);
                return;
            }
        }
    }

    @Override
    public @Nullable ObjectBatch<R> take(int worker, @Nullable ObjectBatch<R> done, Tally tally)
            throws InterruptedException {
        return collectors.get(worker).collect(tally);
    }

    @Override
    public void stop() {
        // Waits end by interrupts.
    }

    @Override
    public Figures figures() {
        return new Figures(extracted, depthHighWater, liveHighWater, blockedNanos);
    }

    private Run current() {
        var current = run;
        if (current == null) {
            throw new IllegalStateException("No run was started");
        }
        return current;
    }

    private Source<R, ObjectBatch<R>> source() {
        var current = source;
        if (current == null) {
            throw new IllegalStateException("No run was started");
        }
        return current;
    }

    /// One worker's batch in the making. Used by one thread.
    private final class Collector {

        private final ObjectBatch<R> batch;
        private @Nullable Envelope<R> carried;

        private Collector(ObjectBatch<R> batch) {
            this.batch = batch;
        }

        private void restart() {
            batch.clear();
            carried = null;
        }

        private @Nullable ObjectBatch<R> collect(Tally tally) throws InterruptedException {
            batch.clear();
            int limit = current().sizer().current();
            while (batch.size() < limit) {
                var envelope = carried != null ? carried : next(tally);
                carried = null;
                if (envelope == null) {
                    tally.agedBatches++;
                    break;
                }
                var record = envelope.record();
                if (record == null) {
                    // For the next worker; there is room, since nobody else puts anything any more.
                    second.put(envelope);
                    break;
                }
                if (batch.size() > 0 && batch.inputBytes() + batch.kind().inputBytes(record) > settings.batchBytes()) {
                    carried = envelope;
                    break;
                }
                if (batch.size() == 0) {
                    batch.oldestNanos(envelope.nanos());
                }
                if (settings.isPaced()) {
                    batch.due(batch.size(), envelope.due());
                }
                batch.add(record);
            }
            if (batch.size() == 0) {
                return null;
            }
            batch.number(numbers.incrementAndGet());
            batch.handedOverNanos(time.nanos());
            return batch;
        }

        /// Null where the batch's oldest record is old enough.
        private @Nullable Envelope<R> next(Tally tally) throws InterruptedException {
            var envelope = second.poll();
            if (envelope != null) {
                return envelope;
            }
            long start = time.nanos();
            if (batch.size() == 0 || settings.batchTimeoutNanos() == Long.MAX_VALUE) {
                envelope = second.take();
            } else {
                long left = batch.oldestNanos() + settings.batchTimeoutNanos() - start;
                envelope = second.poll(left, TimeUnit.NANOSECONDS);
            }
            tally.idleNanos += time.nanos() - start;
            return envelope;
        }
    }
}
