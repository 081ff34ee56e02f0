package dyno.engine.generator;

import static dyno.engine.generator.Workloads.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.Phase;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Warning;
import dyno.engine.Work;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTrialTest {

    private static final int TOTAL_BYTES = 5 * MIB + 333;

    private record Outcome(Verification verification, TrialReport report) {}

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void passesItsOwnVerification(Algorithm algorithm) throws Exception {
        var outcome = run(small().and("algorithm", algorithm));

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(outcome.verification.checks()).hasSizeGreaterThan(2);
    }

    @Test
    void passesItsOwnVerificationWithRatiosAndStreams() throws Exception {
        var outcome = run(small().and("compressRatio", 1.7)
                .and("dedupRatio", 2.5)
                .and("dedupUnitBytes", 65536)
                .and("streams", 3));

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(outcome.verification.checks())
                .extracting(Verification.Check::name)
                .contains("streamsDiffer", "dedupDistinctUnits", "noAccidentalRepeats");
    }

    @Test
    void passesItsOwnVerificationInTheReferenceLayout() throws Exception {
        var outcome = run(small().and("algorithm", Algorithm.XOSHIRO)
                .and("layout", Layout.DGEN)
                .and("compressRatio", 3)
                .and("dedupRatio", 2));

        assertThat(outcome.verification.differences()).isEmpty();
    }

    static Stream<Arguments> waysOfMakingTheSame() {
        var threads = Stream.of(1, 2, 3, 8).map(value -> Arguments.of("threads", value));
        var chunks = Stream.of(513, 4097, MIB, 5 * MIB / 2).map(value -> Arguments.of("chunkBytes", value));
        var buffers = Stream.of(BufferKind.values()).map(value -> Arguments.of("buffer", value));
        var modes = Stream.of(Mode.values()).map(value -> Arguments.of("mode", value));
        var sinks = Stream.of(Sink.values()).map(value -> Arguments.of("sink", value));
        return Stream.of(threads, chunks, buffers, modes, sinks).flatMap(way -> way);
    }

    @ParameterizedTest
    @MethodSource("waysOfMakingTheSame")
    void makesTheSameBytesHoweverItIsAsked(String field, Object value) throws Exception {
        var workload = small().and("compressRatio", 2).and("threads", 2);
        var expected = GeneratorVerifier.digest(workload.workload().content(0));

        var outcome = run(workload.and(field, value));

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(outcome.verification.digest()).isEqualTo(expected);
    }

    @Test
    void makesTheDocumentedGibibyte() {
        var workload = Workloads.with("totalBytes", 1L << 30).workload();

        assertThat(GeneratorVerifier.digest(workload.content(0)))
                .isEqualTo("sha256:5ba742b894052f652f030d8e43e34b669d6a093a3ade292c814ed462c85359e8");
    }

    @Test
    void hasNoDigestWhereBytesCannotBeMadeAgain() throws Exception {
        var outcome = run(small().and("algorithm", Algorithm.SECURE_RANDOM));

        assertThat(outcome.verification.digest()).isNull();
        assertThat(outcome.verification.digestReason()).isEqualTo("NOT_REPRODUCIBLE");
    }

    @Test
    void tellsWhatTheLegacyWayCosts() throws Exception {
        var outcome = run(small().and("mode", Mode.LEGACY).and("chunkBytes", MIB));

        assertThat(outcome.report.phases())
                .extracting(Phase::name)
                .containsExactly("lock", "allocate", "pool", "generate", "copy");
    }

    @Test
    void writesEachStreamToAFileAndLeavesNone() throws Exception {
        var workload = small().and("sink", Sink.FILE).and("streams", 2);

        var outcome = run(workload);

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(outcome.verification.checks())
                .extracting(Verification.Check::name)
                .contains("fileReadBack");
        assertThat(outcome.report.phases()).extracting(Phase::name).containsExactly("generate", "write", "sync");
        assertThat(outcome.report.metrics()).containsKeys("generateBytesPerSecond", "writeBytesPerSecond");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void noticesAFileThatWasChanged() throws Exception {
        try (var trial = GeneratorTrial.prepare(
                small().and("sink", Sink.FILE).workload(), Workloads.context(scratch, Cancellation.NONE))) {
            trial.invoke();
            var file = scratch.resolve("stream-0.bin");
            byte[] bytes = Files.readAllBytes(file);
            bytes[4_000_000] ^= 1;
            Files.write(file, bytes);

            assertThat(trial.verify().differences()).contains("fileReadBack", "byte 4000000");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void endsWithinAPieceWhenCancelled(int streams) throws Exception {
        var asked = new AtomicInteger();
        Cancellation cancelled = () -> asked.incrementAndGet() > 6;

        try (var trial = GeneratorTrial.prepare(
                Workloads.with("totalBytes", 1L << 40)
                        .and("chunkBytes", 8 * MIB)
                        .and("streams", streams)
                        .workload(),
                Workloads.context(scratch, cancelled))) {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(trial::invoke);
        }
    }

    @Test
    void leavesNoFileWhenItIsCancelled() throws Exception {
        var asked = new AtomicInteger();
        Cancellation cancelled = () -> asked.incrementAndGet() > 6;

        try (var trial = GeneratorTrial.prepare(
                Workloads.with("totalBytes", 1L << 40)
                        .and("chunkBytes", MIB)
                        .and("sink", Sink.FILE)
                        .workload(),
                Workloads.context(scratch, cancelled))) {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(trial::invoke);
        }

        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void staysOutOfTheCacheWithAWorkingSet() throws Exception {
        var outcome = run(small().and("sink", Sink.WORKING_SET));

        assertThat(outcome.report.metrics())
                .containsEntry("buffersFitL3", false)
                .containsEntry("l3Bytes", 32L * MIB)
                .hasEntrySatisfying(
                        "bufferBytes",
                        bytes -> assertThat((Long) bytes).isBetween(256L * MIB, 256L * MIB + TOTAL_BYTES));
    }

    @Test
    void allocatesNothingInTheSteadyState() throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var content = small().and("compressRatio", 2).workload().content(0);
        var chunk = new HeapDestination(MIB);
        try (var filler = new ChunkFiller(
                content,
                new WorkerPool(1, "test", WorkerPool.Waiting.PARK),
                ChunkFiller.Sharing.FIRST_COME,
                Cancellation.NONE)) {
            // The JVM makes a method handle's own code after some 127 calls.
            for (int i = 0; i < 200; i++) {
                filler.fill(chunk, MIB, i * 1000L);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50; i++) {
                filler.fill(chunk, MIB, i * 1000L);
            }
            // The counter itself may see a buffer handed out in between.
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50 * 16);
        }
    }

    @Test
    void refusesFurtherUseAfterAThreadFailed() throws Exception {
        var asked = new AtomicInteger();
        Cancellation failing = () -> {
            if (asked.incrementAndGet() == 3) {
                throw new IllegalStateException("broken memory");
            }
            return false;
        };
        try (var trial = GeneratorTrial.prepare(
                small().and("chunkBytes", MIB).workload(), Workloads.context(scratch, failing))) {
            assertThatExceptionOfType(WorkerFailureException.class)
                    .isThrownBy(trial::invoke)
                    .withStackTraceContaining("broken memory");
            assertThatExceptionOfType(WorkerFailureException.class)
                    .isThrownBy(trial::invoke)
                    .withStackTraceContaining("cannot be used again");
        }
    }

    @Test
    void countsBytesAndUnits() throws Exception {
        var outcome = run(small().and("dedupRatio", 3).and("dedupUnitBytes", 65536));

        assertThat(outcome.report.metrics())
                .containsEntry("units", 81L)
                .containsEntry("distinctUnits", 27L)
                .containsEntry("effectiveDedupRatio", 3.0)
                .containsEntry("threadsUsed", 2L)
                .containsEntry("coresUsed", 2L)
                .containsEntry("buffersFitL3", true);
        assertThat(outcome.report.warnings()).extracting(Warning::code).containsExactly("IN_CACHE");
    }

    private Workloads small() {
        return Workloads.with("totalBytes", TOTAL_BYTES);
    }

    private Outcome run(Workloads workloads) throws Exception {
        var workload = workloads.workload();
        try (var trial = GeneratorTrial.prepare(workload, Workloads.context(scratch, Cancellation.NONE))) {
            trial.invoke();
            trial.measuringStarts();
            assertThat(trial.invoke()).isEqualTo(new Work(0, TOTAL_BYTES));
            assertThat(trial.invoke()).isEqualTo(new Work(0, TOTAL_BYTES));
            return new Outcome(trial.verify(), trial.report());
        }
    }
}
