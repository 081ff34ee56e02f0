package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.JobCase;
import dyno.engine.Metrics;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Work;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarcEngineTest {

    @TempDir
    private Path folder;

    @Test
    void fillsInDefaultsThatDependOnOtherFields() {
        var plain = Binding.bind(Map.of());
        assertThat(plain.input().generate().records()).isEqualTo(10_000);
        assertThat(plain.threads()).isEqualTo(1);
        assertThat(plain.files()).isEqualTo(1);
        assertThat(plain.source()).isEqualTo(Source.MEMORY);
        assertThat(plain.extract()).containsExactly("245$a");

        assertThat(Binding.bind(Map.of("strategy", "PROCESSES")).source()).isEqualTo(Source.FILE);
        assertThat(Binding.bind(Map.of("strategy", "SPLIT_FILE")).segments()).isEqualTo(4);
        assertThat(Binding.bind(Map.of("strategy", "SPLIT_FILE", "threads", 3L)).segments())
                .isEqualTo(3);
        assertThat(Binding.bind(Map.of("input", Map.of("dataset", "d"))).files())
                .isNull();
        assertThat(Binding.bind(Map.of("input", Map.of("dataset", "d"))).input().generate())
                .isNull();
    }

    @Test
    void hasAnExampleThatContradictsNothing() {
        var engine = new MarcEngine();
        var tree = new LinkedHashMap<String, Object>();
        tree.put("input", Map.of("generate", Map.of("records", 10_000L, "shape", "TINY")));
        tree.put("operation", "JSON");

        assertThat(engine.example().keySet()).isEqualTo(tree.keySet());
        assertThat(Binding.check(tree)).isEmpty();
        assertThat(Binding.contradictions(tree)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "READ",
                "READ_EAGER",
                "EXTRACT",
                "JSON",
                "MARCJSON",
                "MARCXML",
                "CSV",
                "DUBLIN_CORE",
                "WRITE",
                "ROUND_TRIP"
            })
    void verifiesEveryOperation(String operation) throws Exception {
        var done = measure(Map.of("operation", operation, "input", Map.of("generate", Map.of("records", 500L))));

        assertPassed(done.verification);
        assertThat(done.work).isEqualTo(new Work(500, done.report.input().bytes()));
        assertThat(done.report.metrics()).containsEntry("records", 500L).containsKey("allocatedBytesPerRecord");
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"PARALLEL_FILES", "SPLIT_FILE", "PIPELINE"})
    void verifiesEveryStrategyWithThreads(Strategy strategy) throws Exception {
        var tree = new LinkedHashMap<String, Object>(Map.of(
                "operation", "JSON",
                "strategy", strategy.name(),
                "source", "FILE",
                "sink", "FILE",
                "errorMode", "LENIENT",
                "input", Map.of("generate", Map.of("records", 3_000L, "malformedRatio", 0.05))));
        if (strategy == Strategy.PARALLEL_FILES) {
            tree.put("files", 3L);
        }
        var done = measure(tree);

        assertPassed(done.verification);
        assertThat(done.verification.checks())
                .extracting(Check::name)
                .contains("sameOutputAsSequential", "sameErrorsAsSequential", "jsonParses");
        assertThat(done.report.details()).containsKey("errors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"READ", "READ_EAGER", "EXTRACT", "JSON", "MARCXML", "WRITE", "ROUND_TRIP"})
    void agreesWithThePeer(String operation) throws Exception {
        for (var encoding : List.of("UTF8", "MARC8")) {
            for (var errorMode : List.of("STRICT", "LENIENT")) {
                var input = Map.of("generate", Map.of("records", 60L, "shape", "REALISTIC", "encoding", encoding));
                var done = measure(Map.of(
                        "operation", operation, "implementation", "MARC4J", "errorMode", errorMode, "input", input));

                assertThat(done.verification.differences())
                        .as("%s, %s", encoding, errorMode)
                        .isEmpty();
                assertThat(done.verification.checks()).extracting(Check::name).contains("peerAgrees");
            }
        }
    }

    @Test
    void agreesWithThePeerOnAFileOfRecordsInEitherCharacterSet() throws Exception {
        var stored = Files.createDirectory(folder.resolve("stored"));
        var both = new ByteArrayOutputStream();
        both.writeBytes(Reading.generate(Shape.REALISTIC, 20));
        both.writeBytes(Reading.generate(new Generate(20, Shape.REALISTIC, 0, Encoding.MARC8, 7)));
        both.writeBytes(Reading.generate(Shape.REALISTIC, 20));
        Files.write(stored.resolve("a.mrc"), both.toByteArray());

        var done =
                measure(Map.of("operation", "READ_EAGER", "implementation", "MARC4J", "input", Map.of("dataset", "d")));

        assertPassed(done.verification);
    }

    @Test
    void readsWithoutAllocating() throws Exception {
        var done = measure(Map.of("operation", "READ"));

        assertThat(done.verification.checks()).contains(Check.passed("readAllocationFree"));
        assertThat((double) done.report.metrics().get("allocatedBytesPerRecord"))
                .isLessThan(1.0);
    }

    @Test
    void readsAllFilesOfADatasetByName() throws Exception {
        var stored = Files.createDirectory(folder.resolve("stored"));
        Files.write(stored.resolve("b.mrc"), Reading.generate(MarcWorkload.Shape.TINY, 30));
        Files.write(stored.resolve("a.mrc"), Reading.generate(MarcWorkload.Shape.TINY, 20));
        var dataset = Map.<String, Object>of("dataset", "d");

        assertThat(measure(Map.of("input", dataset)).work.items()).isEqualTo(50);
        assertThat(measure(Map.of("input", dataset, "files", 1L)).work.items()).isEqualTo(20);
        assertThat(measure(Map.of("input", dataset, "files", 5L)).work.items()).isEqualTo(20 + 30 + 20 + 30 + 20);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> measure(Map.of("input", dataset, "operation", "JSON", "strategy", "PIPELINE")))
                .withMessageContaining("has 2");
    }

    @Test
    void failsAtTheFirstDefectOfAStrictJob() throws Exception {
        var stored = Files.createDirectory(folder.resolve("stored"));
        Files.write(stored.resolve("a.mrc"), Reading.damaged());

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> measure(Map.of("input", Map.of("dataset", "d"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT))
                .satisfies(e -> assertThat(e.details())
                        .containsEntry("code", "LENGTH_MISMATCH")
                        .containsEntry("file", "a.mrc")
                        .containsEntry("record", 19L)
                        .containsEntry("byteOffset", 4645L))
                .withMessageContaining("LENGTH_MISMATCH in record 19 of a.mrc at byte 4645");
    }

    @Test
    void relatesParallelCasesToTheSequentialOne() {
        var sequential = new JobCase<>("s", Binding.bind(Map.of()), 100.0, null, new Metrics().put("cores", 2));
        var parallel = new JobCase<>(
                "p",
                Binding.bind(Map.of("strategy", "SPLIT_FILE", "threads", 8L)),
                180.0,
                null,
                new Metrics().put("cores", 2));

        new MarcEngine().relate(List.of(parallel, sequential));

        assertThat(parallel.metrics().values()).containsEntry("speedup", 1.8).containsEntry("efficiency", 0.9);
    }

    @Test
    void endsSoonAfterItWasCancelled() throws Exception {
        var asked = new AtomicInteger();
        Cancellation soon = () -> asked.incrementAndGet() > 3;
        for (var strategy : List.of("SEQUENTIAL", "SPLIT_FILE", "PIPELINE", "PARALLEL_FILES")) {
            asked.set(Integer.MIN_VALUE);
            try (var trial = prepare(
                    Map.of(
                            "operation",
                            "JSON",
                            "strategy",
                            strategy,
                            "input",
                            Map.of("generate", Map.of("records", 30_000L))),
                    soon)) {
                asked.set(0);
                assertThatExceptionOfType(CancellationException.class).isThrownBy(trial::invoke);
            }
        }
    }

    @Test
    @Tag("long")
    void verifiesProcesses() throws Exception {
        var done = measure(Map.of(
                "operation", "JSON",
                "strategy", "PROCESSES",
                "files", 2L,
                "sink", "FILE",
                "errorMode", "LENIENT",
                "input", Map.of("generate", Map.of("records", 2_000L, "malformedRatio", 0.05))));

        assertPassed(done.verification);
        assertThat(done.report.metrics()).containsKeys("processStartSeconds", "recordsPerSecondWithoutStart");
    }

    @Test
    @Tag("long")
    void leavesNoProcessBehindWhenCancelled() throws Exception {
        var asked = new AtomicInteger(Integer.MIN_VALUE);
        var tree = Map.<String, Object>of(
                "strategy",
                "PROCESSES",
                "files",
                2L,
                "threads",
                2L,
                "operation",
                "MARCXML",
                "sink",
                "FILE",
                "input",
                Map.of("generate", Map.of("records", 400_000L)));
        try (var trial = prepare(tree, () -> asked.incrementAndGet() > 0)) {
            // Asked once a file when it starts, then every 20 ms: the children are alive by then.
            asked.set(-10);
            // A database of other tests, say.
            var others = ProcessHandle.current().children().toList();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(trial::invoke);

            assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                    .isSubsetOf(others);
            try (var left = Files.list(folder.resolve("scratch"))) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .allMatch(name -> name.startsWith("generated-"));
            }
        }
    }

    private record Done(Work work, Verification verification, TrialReport report) {}

    private Done measure(Map<String, Object> tree) throws Exception {
        try (var trial = prepare(tree, Cancellation.NONE)) {
            trial.invoke();
            trial.measuringStarts();
            var work = trial.invoke();
            var verification = trial.verify();
            return new Done(work, verification, trial.report());
        }
    }

    private Trial prepare(Map<String, Object> tree, Cancellation cancellation) throws Exception {
        assertThat(Binding.contradictions(tree)).isEmpty();
        var scratch = folder.resolve("scratch");
        Files.createDirectories(scratch);
        var context = new TrialContext(
                scratch, scratch, Binding.MACHINE, cancellation, 0, Depth.FULL, Map.of("d", folder.resolve("stored")));
        return new MarcEngine().prepare(Binding.bind(tree), context);
    }

    private static void assertPassed(Verification verification) {
        assertThat(verification.differences()).isEmpty();
        assertThat(verification.digest()).startsWith("sha256:");
    }
}
