package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.Machine;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {

    private static final long MILLI = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final RecordingMeter meter = new RecordingMeter();
    private final List<String> stages = new ArrayList<>();
    private final TrialRunner runner = new TrialRunner(nanos::get, meter);

    @Test
    void repeatsInvocationsUntilTheIterationIsLongEnough() throws Exception {
        var fork = measure(takes(400 * MILLI), plan(0, 2, 1_000));

        assertThat(fork.samples())
                .containsExactly(new Sample(1_200 * MILLI, 3, 30, 300), new Sample(1_200 * MILLI, 3, 30, 300));
    }

    @Test
    void endsAnIterationThatIsExactlyLongEnough() throws Exception {
        assertThat(measure(takes(500 * MILLI), plan(0, 1, 1_000)).samples())
                .containsExactly(new Sample(1_000 * MILLI, 2, 20, 200));
    }

    @Test
    void invokesOnceWhereThereIsNoShortestIteration() throws Exception {
        assertThat(measure(takes(7), plan(0, 1, 0)).samples()).containsExactly(new Sample(7, 1, 10, 100));
    }

    @Test
    void walksThroughTheStagesInOrder() throws Exception {
        var engine = takes(MILLI);
        var fork = measure(engine, plan(1, 2, 1));

        assertThat(engine.journal)
                .containsExactly(
                        "prepare", "invoke", "measuringStarts", "invoke", "invoke", "verify", "report", "close");
        assertThat(stages)
                .containsExactly("PREPARING 0/0", "WARMUP 0/1", "MEASURING 0/2", "MEASURING 1/2", "VERIFYING 0/0");
        assertThat(fork.index()).isEqualTo(3);
        assertThat(fork.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(fork.verification().isPassed()).isTrue();
    }

    @Test
    void resetsBeforeEachInvocationWithoutTimingIt() throws Exception {
        var engine = takes(5);
        var fork = measure(engine, plan(1, 1, 0));

        assertThat(engine.resets).isEqualTo(2);
        assertThat(fork.samples()).containsExactly(new Sample(5, 1, 10, 100));
    }

    @Test
    void metersTheMeasuredIterationsAndNothingElse() throws Exception {
        var fork = measure(takes(5), plan(4, 3, 0));

        // Resets are metered, though not timed.
        assertThat(meter.meteredNanos).isEqualTo(3_000_000_015L);
        assertThat(meter.closed).isTrue();
        assertThat(fork.resources()).containsEntry("meteredNanos", 3_000_000_015L);
    }

    @Test
    void closesTheTrialWhenAnInvocationThrows() {
        var engine = new FakeEngine(nanos, 1, () -> {
            throw new IOException("broken");
        });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> measure(engine, plan(0, 1, 0)))
                .withMessage("broken");
        assertThat(engine.journal).endsWith("close");
        assertThat(meter.closed).isTrue();
    }

    @Test
    void endsBetweenInvocationsOnceCancelled() {
        var engine = new FakeEngine(nanos, 1, () -> cancelled.set(true));

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> measure(engine, plan(0, 2, 1_000)));
        assertThat(engine.journal).containsExactly("prepare", "measuringStarts", "invoke", "close");
    }

    @Test
    void passesAnInterruptionOn() {
        var engine = new FakeEngine(nanos, 1, () -> Thread.currentThread().interrupt());

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> measure(engine, plan(1, 1, 1_000)));
        assertThat(engine.journal).containsExactly("prepare", "invoke", "close");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private FakeEngine takes(long nanosPerInvocation) {
        return new FakeEngine(nanos, nanosPerInvocation, () -> {});
    }

    private MeasuredFork measure(FakeEngine engine, Plan plan) throws IOException, InterruptedException {
        Cancellation cancellation = cancelled::get;
        var context = new TrialContext(
                Path.of("scratch"),
                Path.of("cache"),
                new Machine(1, OptionalInt.empty(), 1L << 30, OptionalLong.empty(), OptionalLong.empty()),
                cancellation,
                3,
                Depth.SHORT,
                Map.of());
        TrialListener listener = (stage, iteration, iterations) -> {
            // A listener that takes its time must not show in any figure.
            nanos.addAndGet(1_000_000);
            stages.add("%s %d/%d".formatted(stage, iteration, iterations));
        };
        return runner.run(engine, new FakeEngine.Nothing(), plan, context, listener);
    }

    private static Plan plan(int warmups, int iterations, int minIterationMillis) {
        return new Plan(Plan.Mode.MEASURE, 1, warmups, iterations, minIterationMillis);
    }

    private final class RecordingMeter implements ResourceMeter, ResourceMeter.Metering {

        private long resumedAt;
        private long meteredNanos;
        private boolean closed;

        @Override
        public Metering start() {
            return this;
        }

        @Override
        public void resume() {
            resumedAt = nanos.get();
        }

        @Override
        public void pause() {
            meteredNanos += nanos.get() - resumedAt;
        }

        @Override
        public Map<String, Object> readings() {
            return Map.of("meteredNanos", meteredNanos);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
