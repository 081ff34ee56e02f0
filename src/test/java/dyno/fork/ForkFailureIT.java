package dyno.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.FailureCode;
import dyno.fork.ForkOutcome.Failed;
import dyno.fork.StuntEngine.Act;
import dyno.measurement.Stage;
import dyno.measurement.TrialListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each way in which a fork ends without a result, with real JVMs. After each test nothing may be left running.
@Tag("long")
class ForkFailureIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @AfterEach
    void leavesNoProcess() {
        assertThat(Forks.running()).isEmpty();
    }

    @Test
    void endsAForkThatDoesNotSpeakTheProtocol() throws Exception {
        var failed = failed(Act.NOTHING, "-Ddyno.fork.fault=garbage");

        assertThat(failed.code()).isEqualTo(FailureCode.FORK_FAILED);
        assertThat(failed.details()).containsEntry("cause", "garbage");
        assertThat(lastOutput(failed)).contains("this is no protocol");
    }

    @Test
    void namesTheSignalOfACrash() throws Exception {
        var failed = failed(Act.NOTHING, "-Ddyno.fork.fault=crash");

        assertThat(failed.code()).isEqualTo(FailureCode.FORK_FAILED);
        assertThat(failed.details()).containsEntry("signal", "SIGSEGV").containsKey("exitStatus");
        assertThat(lastOutput(failed)).contains("fatal error");
    }

    @Test
    void namesTheSignalThatKilledIt() throws Exception {
        var killed = new AtomicBoolean();
        TrialListener killer = (stage, iteration, iterations) -> {
            if (stage == Stage.WARMUP && killed.compareAndSet(false, true)) {
                Forks.running().forEach(ProcessHandle::destroyForcibly);
            }
        };
        var failed = (Failed) Forks.runner().run(Forks.request(Act.WAIT, folder), killer, LONG);

        assertThat(failed.code()).isEqualTo(FailureCode.FORK_FAILED);
        assertThat(failed.details()).containsEntry("signal", "SIGKILL").containsEntry("exitStatus", 137);
    }

    @ParameterizedTest
    @CsvSource({
        "-Ddyno.fork.fault=oom, NOTHING,             Java heap space",
        "-Dx=y,                 FILL_HEAP,           Java heap space",
        "-Dx=y,                 FILL_HEAP_IN_WORKER, Java heap space",
        "-Dx=y,                 FILL_DIRECT,         direct buffer memory",
    })
    void tellsExhaustedMemoryFromOtherEnds(String flag, Act act, String message) throws Exception {
        var failed = failed(act, flag);

        assertThat(failed.code()).isEqualTo(FailureCode.OUT_OF_MEMORY);
        assertThat(failed.message()).contains(message);
    }

    @Test
    void tellsAMachineWithoutThatMuchMemory() throws Exception {
        var failed = failed(Act.NOTHING, "-Xms90000g", "-Xmx90000g");

        assertThat(failed.code()).isEqualTo(FailureCode.OUT_OF_MEMORY);
        assertThat(lastOutput(failed)).contains("Could not reserve enough space");
    }

    @Test
    void passesOnWhatEnginesSay() throws Exception {
        assertThat(failed(Act.REFUSE))
                .extracting(Failed::code, Failed::message)
                .containsExactly(FailureCode.INVALID_INPUT, "byte 41 is no digit");
        assertThat(failed(Act.REFUSE).details())
                .containsEntry("found", "x")
                .hasEntrySatisfying("byte", at -> assertThat(at).hasToString("41"));
        assertThat(failed(Act.FILL_DISK).code()).isEqualTo(FailureCode.DISK_FULL);
    }

    @Test
    void tellsTheExitStatusOfAForkThatJustEnds() throws Exception {
        var failed = failed(Act.EXIT);

        assertThat(failed.code()).isEqualTo(FailureCode.FORK_FAILED);
        assertThat(failed.details()).containsEntry("exitStatus", 7).doesNotContainKey("signal");
    }

    @Test
    void endsAForkWhoseTimeIsUp() throws Exception {
        var failed = (Failed)
                Forks.runner().run(Forks.request(Act.WAIT, folder), TrialListener.NONE, Duration.ofMillis(2_500));

        assertThat(failed.code()).isEqualTo(FailureCode.TIMED_OUT);
        assertThat(failed.message()).contains("2.500 s");
        assertThat(failed.details()).containsKeys("stage", "lastOutput");
    }

    @Test
    void endsAForkThatHangsBeforeItsFirstWord() throws Exception {
        var failed = (Failed) Forks.runner("-Ddyno.fork.fault=hang")
                .run(Forks.request(Act.NOTHING, folder), TrialListener.NONE, Duration.ofMillis(1_500));

        assertThat(failed.code()).isEqualTo(FailureCode.FORK_FAILED);
        assertThat(failed.message()).matches("The fork said nothing for 1\\.\\d{3} s .*");
        assertThat(failed.details())
                .containsEntry("cause", "hang")
                .containsEntry("exitStatus", 137)
                .containsKey("lastOutput");
    }

    @ParameterizedTest
    @EnumSource(
            value = Act.class,
            names = {"WAIT", "SPAWN", "ORPHAN"})
    void endsAForkAndAllThatItStartedWithinASecondOfInterruption(Act act) throws Exception {
        var measuring = new CountDownLatch(1);
        TrialListener listener = (stage, iteration, iterations) -> {
            if (stage == Stage.WARMUP) {
                measuring.countDown();
            }
        };
        var started = new ArrayList<ProcessHandle>();
        var run = new FutureTask<>(() -> Forks.runner().run(Forks.request(act, folder), listener, LONG));
        var caller = Thread.ofPlatform().start(run);
        measuring.await();
        // The fork itself, and two more processes or one that has lost its parent.
        int processes = act == Act.SPAWN ? 3 : 1;
        while (started.size() < processes) {
            started.clear();
            started.addAll(Forks.running());
            Thread.onSpinWait();
        }
        if (act == Act.ORPHAN) {
            while (sleepers().isEmpty()) {
                Thread.onSpinWait();
            }
            started.addAll(sleepers());
        }

        long before = System.nanoTime();
        caller.interrupt();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(run::get)
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(started).noneMatch(ProcessTree::isRunning);
    }

    @Test
    void endsWithTheProcessThatStartedIt() throws Exception {
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LonelyParent.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> forks;
        try (var told = parent.inputReader()) {
            assertThat(told.readLine()).isEqualTo("WARMUP");

            while (parent.descendants().count() < 3) {
                Thread.onSpinWait();
            }
            forks = parent.descendants().toList();
        } finally {
            parent.destroyForcibly();
        }
        for (var fork : forks) {
            while (ProcessTree.isRunning(fork)) {
                Thread.onSpinWait();
            }
        }
        assertThat(forks).hasSizeGreaterThanOrEqualTo(3).noneMatch(ProcessTree::isRunning);
    }

    private Failed failed(Act act, String... flags) throws InterruptedException {
        return (Failed) Forks.runner(flags).run(Forks.request(act, folder), TrialListener.NONE, LONG);
    }

    private static String lastOutput(Failed failed) {
        return String.valueOf(failed.details().get("lastOutput"));
    }

    /// Processes of the act `ORPHAN`, wherever they hang in the tree by now.
    private static List<ProcessHandle> sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 600"))
                .filter(ProcessTree::isRunning)
                .toList();
    }

    /// Starts a fork that does not end, for a test that kills this JVM.
    static final class LonelyParent {

        public static void main(String[] args) throws InterruptedException {
            Forks.runner()
                    .run(
                            Forks.request(Act.SPAWN, Path.of(args[0])),
                            (stage, iteration, iterations) -> {
                                if (stage == Stage.WARMUP) {
                                    System.out.println(stage);
                                }
                            },
                            LONG);
        }
    }
}
