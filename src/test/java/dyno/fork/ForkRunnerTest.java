package dyno.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dyno.engine.FailureCode;
import dyno.fork.ForkOutcome.Failed;
import dyno.fork.ForkOutcome.Measured;
import dyno.fork.StuntEngine.Act;
import dyno.measurement.Stage;
import dyno.measurement.TrialListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real JVMs, a second in all; how they fail is in [ForkFailureIT].
class ForkRunnerTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void measuresInAJvmOfItsOwn() throws Exception {
        var stages = new ArrayList<Stage>();
        var outcome = Forks.runner()
                .run(Forks.request(Act.NOTHING, folder), (stage, iteration, iterations) -> stages.add(stage), LONG);

        var fork = ((Measured) outcome).fork();
        assertThat(fork.pid()).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(ProcessHandle.of(fork.pid())).isEmpty();
        assertThat(fork.index()).isEqualTo(1);
        assertThat(fork.samples()).hasSize(4).allSatisfy(sample -> {
            assertThat(sample.elapsedNanos()).isGreaterThanOrEqualTo(1_000_000);
            assertThat(sample.bytes()).isEqualTo(sample.invocations() * 1_000);
        });
        assertThat(fork.jvmFlags()).contains("-Xms64m", "-Xmx64m", "-XX:MaxDirectMemorySize=16m");
        assertThat(fork.jvmFlags()).noneMatch(flag -> flag.contains("TieredStopAtLevel"));
        assertThat(fork.verification().isPassed()).isTrue();
        assertThat(fork.resources())
                .containsEntry("heapBytes", 64L << 20)
                .containsKeys("cpuSeconds", "allocatedBytes", "peakRssBytes", "gcSeconds", "contextSwitches");
        assertThat(stages).startsWith(Stage.PREPARING, Stage.WARMUP).endsWith(Stage.MEASURING, Stage.VERIFYING);
        try (var left = Files.list(folder)) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsOnly("scratch", "cache");
        }
    }

    @Test
    void recordsTheMeasuredIterationsWhereItIsAskedTo() throws Exception {
        var file = folder.resolve("made/profile.jfr");

        var outcome = Forks.runner().run(Forks.request(Act.NOTHING, folder).recordedIn(file), TrialListener.NONE, LONG);

        assertThat(outcome).isInstanceOf(Measured.class);
        assertThat(RecordingFile.readAllEvents(file))
                .extracting(event -> event.getEventType().getName())
                .contains("jdk.JVMInformation", "jdk.ActiveRecording");
    }

    @Test
    void bringsTheReportOverUnchanged() throws Exception {
        var outcome = Forks.runner().run(Forks.request(Act.PRINT, folder), TrialListener.NONE, LONG);

        var report = ((Measured) outcome).fork().report();
        assertThat(report.metrics())
                .containsEntry("whole", 1L << 60)
                .containsEntry("share", 0.25)
                .containsEntry("flag", true)
                .containsEntry("word", "text")
                .containsEntry("missing", null)
                .containsEntry("missingReason", "NO_REASON");
        assertThat(report.phases()).hasSize(2);
        assertThat(report.phases().getLast().secondsReason()).isEqualTo("FUSED");
        assertThat(report.details()).isEqualTo(Map.of("list", List.of(1L, "two", 3.5)));
    }

    @Test
    void showsSecretsToNobodyButTheEngine() throws Exception {
        var seen = new ArrayList<String>();
        TrialListener listener = (stage, iteration, iterations) -> {
            if (seen.isEmpty()) {
                Forks.running()
                        .forEach(process -> seen.addAll(List.of(read(process, "cmdline"), read(process, "environ"))));
            }
        };
        var outcome = Forks.runner().run(Forks.request(Act.NOTHING, folder), listener, LONG);

        assertThat(((Measured) outcome).fork().verification().isPassed()).isTrue();
        assertThat(seen)
                .anyMatch(text -> text.contains("dyno.fork.ForkMain"))
                .noneMatch(text -> text.contains("sesame"));
        assertThat(Forks.request(Act.NOTHING, folder).toString()).doesNotContain("sesame");

        var failed = Forks.runner().run(Forks.request(Act.THROW, folder), TrialListener.NONE, LONG);
        assertThat(failed)
                .isEqualTo(new Failed(FailureCode.ENGINE_ERROR, "java.lang.IllegalStateException: said ***", Map.of()));
    }

    @Test
    void reportsAFailedVerificationAsAResult() throws Exception {
        var outcome = Forks.runner("-Ddyno.fork.fault=wrong-result")
                .run(Forks.request(Act.NOTHING, folder), TrialListener.NONE, LONG);

        assertThat(((Measured) outcome).fork().verification().isPassed()).isFalse();
    }

    @Test
    void saysThatAForkCouldNotBeStarted() throws Exception {
        var command = Forks.command();
        var broken = new ForkCommand(
                folder.resolve("no-java"), command.classPath(), command.mainClass(), List.of(), List.of());
        var outcome = new ForkRunner(broken, System::nanoTime)
                .run(Forks.request(Act.NOTHING, folder), TrialListener.NONE, LONG);

        assertThat(outcome).asInstanceOf(type(Failed.class)).satisfies(failed -> {
            assertThat(failed.code()).isEqualTo(FailureCode.FORK_FAILED);
            assertThat(failed.message()).contains("no-java");
        });
    }

    private static String read(ProcessHandle process, String file) {
        try {
            var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file));
            return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
