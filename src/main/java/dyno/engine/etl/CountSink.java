package dyno.engine.etl;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// Keeps nothing: what went through it, the pipeline adds up. May wait as long as a network would.
final class CountSink implements EtlSink {

    private final long waitNanos;
    private final long jitterNanos;
    private final long seed;

    CountSink(EtlWorkload workload) {
        this.waitNanos = TimeUnit.MICROSECONDS.toNanos(workload.loadWaitMicros());
        this.jitterNanos = TimeUnit.MICROSECONDS.toNanos(workload.loadJitterMicros());
        this.seed = workload.seed();
    }

    @Override
    public Loader open(int pipeline, int worker) {
        if (waitNanos == 0 && jitterNanos == 0) {
            return new CountLoader();
        }
        var random = RandomGeneratorFactory.<RandomGenerator>of("SplittableRandom")
                .create(seed + 31L * pipeline + worker);
        return new WaitingLoader(waitNanos, jitterNanos, random);
    }

    @Override
    public @Nullable String disagreement(Expected expected) {
        return null;
    }

    @Override
    public void close() {}

    private static final class CountLoader implements Loader {

        @Override
        public void load(Load load) {}

        @Override
        public void close() {}
    }

    private record WaitingLoader(long waitNanos, long jitterNanos, RandomGenerator random) implements Loader {

        @Override
        public void load(Load load) throws InterruptedException {
            long jitter = jitterNanos == 0 ? 0 : random.nextLong(-jitterNanos, jitterNanos + 1);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, waitNanos + jitter));
        }

        @Override
        public void close() {}
    }
}
