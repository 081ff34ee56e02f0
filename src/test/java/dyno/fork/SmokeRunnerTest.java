package dyno.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.FailureCode;
import dyno.fork.ForkOutcome.Failed;
import dyno.fork.ForkOutcome.Measured;
import dyno.fork.StuntEngine.Act;
import dyno.measurement.Stage;
import dyno.measurement.TrialListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmokeRunnerTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final ExecutorService pool = SmokeRunner.pool(1);
    private final SmokeRunner runner = new SmokeRunner(new StuntEngine.Catalog().get(), pool, System::nanoTime);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void runsInThisJvmOnThePool() throws Exception {
        var threads = new ConcurrentLinkedQueue<String>();
        var outcome = runner.run(
                Forks.request(Act.NOTHING, folder),
                (stage, iteration, iterations) ->
                        threads.add(Thread.currentThread().getName()),
                LONG);

        var fork = ((Measured) outcome).fork();
        assertThat(fork.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(fork.resources()).containsEntry("cpuSeconds", null).containsEntry("cpuSecondsReason", "SHARED_JVM");
        assertThat(fork.verification().isPassed()).isTrue();
        assertThat(threads).containsOnly("engine-0");
    }

    @Test
    void mapsExceptionsAsAForkDoes() throws Exception {
        assertThat(runner.run(Forks.request(Act.THROW, folder), TrialListener.NONE, LONG))
                .isEqualTo(new Failed(FailureCode.ENGINE_ERROR, "java.lang.IllegalStateException: said ***", Map.of()));
        assertThat(((Failed) runner.run(Forks.request(Act.REFUSE, folder), TrialListener.NONE, LONG)).code())
                .isEqualTo(FailureCode.INVALID_INPUT);
        assertThat(((Failed) runner.run(Forks.request(Act.FILL_DISK, folder), TrialListener.NONE, LONG)).code())
                .isEqualTo(FailureCode.DISK_FULL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Act.class,
            names = {"WAIT", "WAIT_FOR_CANCELLATION"})
    void endsATrialWhoseTimeIsUp(Act act) throws Exception {
        var outcome = (Failed) runner.run(Forks.request(act, folder), TrialListener.NONE, Duration.ofMillis(100));

        assertThat(outcome.code()).isEqualTo(FailureCode.TIMED_OUT);
        assertThePoolIsFree();
    }

    @ParameterizedTest
    @EnumSource(
            value = Act.class,
            names = {"WAIT", "WAIT_FOR_CANCELLATION"})
    void endsATrialWhenItsCallerIsInterrupted(Act act) throws Exception {
        var busy = new CountDownLatch(1);
        TrialListener listener = (stage, iteration, iterations) -> {
            if (stage == Stage.WARMUP) {
                busy.countDown();
            }
        };
        var run = new FutureTask<>(() -> runner.run(Forks.request(act, folder), listener, LONG));
        var caller = Thread.ofPlatform().start(run);
        busy.await();
        caller.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(run::get)
                .withCauseInstanceOf(InterruptedException.class);
        assertThePoolIsFree();
    }

    @Test
    void neverBeginsATrialWhoseTimeWasUpWhileItWaited() throws Exception {
        var gate = new CountDownLatch(1);
        pool.execute(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var heard = new AtomicBoolean();
        var outcome = (Failed) runner.run(
                Forks.request(Act.NOTHING, folder),
                (stage, iteration, iterations) -> heard.set(true),
                Duration.ofMillis(50));
        gate.countDown();
        assertThePoolIsFree();

        assertThat(outcome.code()).isEqualTo(FailureCode.TIMED_OUT);
        assertThat(heard).isFalse();
    }

    private void assertThePoolIsFree() throws Exception {
        assertThat(runner.run(Forks.request(Act.NOTHING, folder), TrialListener.NONE, LONG))
                .isInstanceOf(Measured.class);
    }
}
