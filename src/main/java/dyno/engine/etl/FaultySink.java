package dyno.engine.etl;

import dyno.engine.Metrics;
import dyno.engine.etl.EtlWorkload.FailureMode;
import dyno.engine.etl.LoadException.Kind;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A sink in front of another one that strikes loads as a workload asks for, before anything is written. Which ones
/// is
/// decided by seed and ids alone, so that every way of running the same records meets the same faults.
record FaultySink(EtlSink sink, FailureMode mode, double ratio, int attempts, DrawStream draws) implements EtlSink {

    static EtlSink around(EtlSink sink, EtlWorkload workload) {
        return workload.failureMode() == FailureMode.NONE
                ? sink
                : new FaultySink(
                        sink,
                        workload.failureMode(),
                        workload.failureRatio(),
                        workload.failureAttempts(),
                        new DrawStream(workload.seed()));
    }

    @Override
    public Loader open(int pipeline, int worker) throws IOException, InterruptedException {
        return new FaultyLoader(this, sink.open(pipeline, worker));
    }

    @Override
    public void reset() throws IOException, InterruptedException {
        sink.reset();
    }

    @Override
    public @Nullable String disagreement(Expected expected) throws IOException, InterruptedException {
        return sink.disagreement(expected);
    }

    @Override
    public void report(Metrics metrics) {
        sink.report(metrics);
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    static boolean isPoison(DrawStream draws, long id, double ratio) {
        return DrawStream.unit(draws.start(id), DrawStream.POISON_DRAW) < ratio;
    }

    private void strike(Load load) throws InterruptedException {
        switch (mode) {
            case NONE -> {
                // Nothing strikes.
            }
            case POISON -> poison(load);
            case TRANSIENT -> {
                if (isStruck(load)) {
                    throw new LoadException(Kind.TRANSIENT, "injected transient failure");
                }
            }
            case STALL -> {
                if (isStruck(load)) {
                    // Until interrupted.
                    new CountDownLatch(1).await();
                }
            }
            case ALWAYS -> throw new LoadException(Kind.TRANSIENT, "injected failure of every load");
        }
    }

    private void poison(Load load) {
        for (int record = load.range().from(); record < load.range().to(); record++) {
            long id = load.batch().id(record);
            if (isPoison(draws, id, ratio)) {
                throw new LoadException(Kind.PERMANENT, "record %d is poison".formatted(id));
            }
        }
    }

    /// The batch's first id decides, for its parts too.
    private boolean isStruck(Load load) {
        return load.attempt() <= attempts
                && DrawStream.unit(draws.start(load.batch().firstId()), DrawStream.BATCH_DRAW) < ratio;
    }

    private record FaultyLoader(FaultySink faults, Loader loader) implements Loader {

        @Override
        public void load(Load load) throws IOException, InterruptedException {
            faults.strike(load);
            loader.load(load);
        }

        @Override
        public boolean isLoaded(Load load) throws IOException, InterruptedException {
            return loader.isLoaded(load);
        }

        @Override
        public void finish() throws IOException, InterruptedException {
            loader.finish();
        }

        @Override
        public void abort() {
            loader.abort();
        }

        @Override
        public void close() throws IOException {
            loader.close();
        }
    }
}
