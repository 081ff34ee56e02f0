package dyno.engine.etl;

import dyno.engine.etl.StageClock.Stage;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hands over whole batches: an extractor fills a buffer and passes it on in one operation.
final class BatchHandOver<B extends Batch> implements HandOver<B> {

    private final PipelineSettings settings;
    private final Supplier<? extends Source<?, B>> sources;
    private final Time time;
    private final BatchExchange<B> exchange;
    private final AtomicLong numbers = new AtomicLong();
    private @Nullable Run run;
    private @Nullable Source<?, B> source;

    /// @param sources a source for each run
    /// @param buffers empty batches of the largest size
    BatchHandOver(PipelineSettings settings, Supplier<? extends Source<?, B>> sources, Supplier<B> buffers, Time time) {
        this.settings = settings;
        this.sources = sources;
        this.time = time;
        this.exchange =
                new BatchExchange<>(settings.queueBatches(), settings.workers() + settings.extractors(), buffers, time);
    }

    @Override
    public void start(Run next) {
        run = next;
        source = sources.get();
        numbers.set(0);
        exchange.start(settings.extractors());
    }

    @Override
    public void extract(int extractor, StageClock clock) throws IOException, InterruptedException {
        var current = current();
        try (var reader = source().open(extractor, current.rejects())) {
            var pacer = settings.isPaced() ? new Pacer(current.startNanos(), settings.ratePerSecond()) : null;
            long given = 0;
            var batch = exchange.first();
            while (!current.stop().isStopping()) {
                if (pacer == null) {
                    fill(batch, reader, current.sizer().current());
                } else {
                    given = fillAsDue(batch, reader, pacer, given);
                }
                if (batch.size() == 0) {
                    if (reader.isAtEnd()) {
                        exchange.finished();
                        return;
                    }
                    continue;
                }
                batch.number(numbers.incrementAndGet());
                clock.mark(Stage.EXTRACT);
                batch.handedOverNanos(time.nanos());
                var next = exchange.put(batch);
                clock.mark(Stage.HAND_OVER);
                if (next == null) {
                    return;
                }
                batch = next;
            }
        }
    }

    private void fill(B batch, Source.Reader<?, B> reader, int limit) throws IOException, InterruptedException {
        batch.oldestNanos(time.nanos());
        while (batch.size() < limit && reader.fill(batch, limit - batch.size()) > 0) {
            // A source gives what it has at hand: until the batch is full.
        }
    }

    /// Takes records as they fall due, until the batch is full or its oldest record is old.
    ///
    /// @return records given so far
    private long fillAsDue(B batch, Source.Reader<?, B> reader, Pacer pacer, long alreadyGiven)
            throws IOException, InterruptedException {
        long given = alreadyGiven;
        int limit = current().sizer().current();
        while (batch.size() < limit && !reader.isAtEnd()) {
            long now = time.nanos();
            int size = batch.size();
            int due = pacer.due(given, now, limit - size);
            if (due == 0) {
                long wait = pacer.dueNanos(given) - now;
                if (size > 0 && settings.batchTimeoutNanos() != Long.MAX_VALUE) {
                    long left = batch.oldestNanos() + settings.batchTimeoutNanos() - now;
                    if (left <= 0) {
                        return given;
                    }
                    wait = Math.min(wait, left);
                }
                exchange.announce();
                time.sleep(wait);
                continue;
            }
            int filled = reader.fill(batch, due);
            if (filled == 0) {
                return given;
            }
            if (size == 0) {
                batch.oldestNanos(now);
            }
            for (int i = 0; i < filled; i++) {
                batch.due(size + i, pacer.dueNanos(given + i));
            }
            given += filled;
        }
        return given;
    }

    @Override
    public void feed(StageClock clock) {
        throw new IllegalStateException("Whole batches need no feeder");
    }

    @Override
    public @Nullable B take(int worker, @Nullable B done, Tally tally) throws InterruptedException {
        return exchange.take(done, tally);
    }

    @Override
    public void stop() {
        exchange.stop();
    }

    @Override
    public Figures figures() {
        return exchange.figures();
    }

    private Run current() {
        var current = run;
        if (current == null) {
            throw new IllegalStateException("No run was started");
        }
        return current;
    }

    private Source<?, B> source() {
        var current = source;
        if (current == null) {
            throw new IllegalStateException("No run was started");
        }
        return current;
    }
}
