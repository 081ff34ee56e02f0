package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategiesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void splitsDamagedFilesAsIfTheyWereReadInOneGo(int segments) throws Exception {
        assertSameAsOneGo(
                Reading.damaged(),
                workload(Strategy.SPLIT_FILE, ErrorMode.LENIENT).segments(segments));
        assertSameAsOneGo(
                Reading.damaged(), workload(Strategy.SPLIT_FILE, ErrorMode.SKIP).segments(segments));
    }

    @ParameterizedTest
    @CsvSource({"4096, 1", "4096, 64", "30000, 3", "262144, 4"})
    void pipesDamagedFilesAsIfTheyWereReadInOneGo(int batchBytes, int queue) throws Exception {
        assertSameAsOneGo(
                Reading.damaged(),
                workload(Strategy.PIPELINE, ErrorMode.LENIENT).batches(batchBytes, queue));
    }

    @Test
    void splitsWhereValuesLookLikeTheBeginningOfRecords() throws Exception {
        var inner = new Sample().field("001", "inner").end();
        var text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append(new Sample()
                    .field("001", "o" + i)
                    .field("500", "  \u001fa\u001d" + inner + inner)
                    .end());
        }
        byte[] input = text.toString().getBytes(UTF_8);

        long redone = 0;
        for (int segments : new int[] {1, 2, 3, 5, 8, 13, 21, 34, 64}) {
            var workload = workload(Strategy.SPLIT_FILE, ErrorMode.LENIENT).segments(segments);
            redone += assertSameAsOneGo(input, workload).segmentsRedone;
        }
        assertThat(redone).isPositive();
    }

    @Test
    void numbersRecordsOfAllPiecesFromTheStart() throws Exception {
        var workload =
                workload(Strategy.SPLIT_FILE, ErrorMode.LENIENT).segments(9).operation(Operation.CSV);

        assertSameAsOneGo(Reading.damaged(), workload.withRecordColumn());
    }

    @Test
    void joinsAnArrayWithoutAGap() throws Exception {
        for (var strategy : List.of(Strategy.SPLIT_FILE, Strategy.PIPELINE)) {
            var workload = workload(strategy, ErrorMode.SKIP)
                    .segments(9)
                    .batches(4096, 2)
                    .inArray();
            assertSameAsOneGo(Reading.damaged(), workload);
        }
    }

    @ParameterizedTest
    @CsvSource({"SPLIT_FILE", "PIPELINE"})
    void stopsAtTheErrorAtWhichOneGoStops(Strategy strategy) throws Exception {
        var workload = workload(strategy, ErrorMode.STRICT).segments(8).batches(8192, 3);
        var expected = Reading.read(Reading.damaged(), Reading.json(), ErrorMode.STRICT)
                .stop();

        assertThat(run(Reading.damaged(), workload, false).run().stop).isEqualTo(expected);
        assertThat(run(Reading.damaged(), workload, true).run().stop).isEqualTo(expected);
    }

    @Test
    void stopsAtAnErrorThatOnlySerialisersSee() throws Exception {
        var good = new Sample().field("001", "1").field("245", "10\u001faA").end();
        var bad =
                new Sample().field("001", "2").field("245", "10\u001faA\u0001").end();
        byte[] input = (good.repeat(500) + bad + good.repeat(500)).getBytes(UTF_8);
        var workload = workload(Strategy.PIPELINE, ErrorMode.STRICT)
                .batches(4096, 4)
                .operation(Operation.MARCXML)
                .failingXml();

        var stop = run(input, workload, false).run().stop;

        assertThat(stop).isNotNull();
        assertThat(stop.record()).isEqualTo(500);
        assertThat(stop.code()).isEqualTo(Defect.XML_CHARACTER_ILLEGAL);
    }

    @Test
    void readsFilesOfManyWindowsAsFromMemory() throws Exception {
        byte[] input = Reading.generate(Shape.TINY, 30_000);
        for (var strategy : Strategy.values()) {
            if (strategy == Strategy.PROCESSES) {
                continue;
            }
            var workload = workload(strategy, ErrorMode.STRICT).segments(5).batches(65_536, 4);
            assertThat(input.length).isGreaterThan(3 * CodecWorker.WINDOW_BYTES);
            assertThat(run(input, workload, true).output())
                    .isEqualTo(Reading.read(input, Reading.json(), ErrorMode.STRICT)
                            .output());
        }
    }

    @Test
    void readsOverGapsThatAreLargerThanAWindow() throws Exception {
        var good = new Sample().field("001", "1").field("245", "10\u001faA").end();
        var gap = "\n".repeat(3 * CodecWorker.WINDOW_BYTES);
        var noise = "x".repeat(3 * CodecWorker.WINDOW_BYTES) + "\u001d";
        byte[] input = (good + gap + good + noise + good + "00099nam a2200025 a 4500" + noise + good).getBytes(UTF_8);
        for (var strategy : List.of(Strategy.SEQUENTIAL, Strategy.SPLIT_FILE, Strategy.PIPELINE)) {
            var workload = workload(strategy, ErrorMode.LENIENT).segments(4).batches(4096, 4);
            var expected = Reading.read(input, Reading.json(), ErrorMode.LENIENT);
            var actual = run(input, workload, true);

            assertThat(actual.output()).isEqualTo(expected.output());
            assertThat(actual.run().log.first()).isEqualTo(expected.errors());
        }
    }

    @Test
    void keepsFilesApartAndInOrder() throws Exception {
        byte[] input = Reading.damaged();
        var files = List.of(
                InputFile.inMemory("a.mrc", input), InputFile.inMemory("b.mrc", input), InputFile.inMemory("c", input));
        var workload = workload(Strategy.PARALLEL_FILES, ErrorMode.LENIENT).build();
        try (var workers = new Workers(2, Cancellation.NONE)) {
            var codecs = new ArrayList<FileWorker>();
            for (int i = 0; i < 2; i++) {
                codecs.add(FileWorkers.of(workload, files, workers));
            }
            var runner = new ParallelFilesRunner(codecs, workers, 3, workload.operation());
            var run = runner.run(Outputs.DISCARDED, Reading.ALL);

            assertThat(run.log.first()).hasSize(3 * 187);
            assertThat(run.log.first().get(187).file()).isEqualTo("b.mrc");
            assertThat(run.log.first().get(187).record()).isEqualTo(19);
            assertThat(run.totals.records).isEqualTo(30_000);
        }
    }

    private static WorkloadBuilder workload(Strategy strategy, ErrorMode mode) {
        return new WorkloadBuilder(strategy, mode);
    }

    private RunResult assertSameAsOneGo(byte[] input, WorkloadBuilder builder) throws Exception {
        var workload = builder.build();
        var expected = Reading.read(input, Consumers.of(workload), ReadSettings.of(workload));
        RunResult last = null;
        for (boolean fromFile : new boolean[] {false, true}) {
            var actual = run(input, builder, fromFile);
            assertThat(actual.run().log.first()).isEqualTo(expected.errors());
            assertThat(actual.run().log.fingerprint()).isEqualTo(expected.log().fingerprint());
            assertThat(actual.output()).isEqualTo(expected.output());
            assertThat(actual.run().totals.records).isEqualTo(expected.totals().records);
            assertThat(actual.run().totals.outputBytes).isEqualTo(expected.output().length);
            assertThat(actual.run().totals.tagSum).isEqualTo(expected.totals().tagSum);
            last = actual.run();
        }
        return last;
    }

    private record Ran(RunResult run, byte[] output) {}

    private Ran run(byte[] input, WorkloadBuilder builder, boolean fromFile) throws Exception {
        var workload = builder.build();
        var path = folder.resolve("in.mrc");
        Files.write(path, input);
        var file = fromFile ? InputFile.onDisk("a.mrc", path) : InputFile.inMemory("a.mrc", input);
        var kept = new ByteArrayOutputStream();
        try (var runner = runner(workload, file)) {
            var stored = folder.resolve("out");
            var run = runner.run(
                    i -> new StoredOutput(stored, Consumers.of(workload).header()), Reading.ALL);
            kept.writeBytes(Files.readAllBytes(stored));
            try (var left = Files.list(folder)) {
                assertThat(left).containsExactlyInAnyOrder(path, stored);
            }
            return new Ran(run, kept.toByteArray());
        }
    }

    private static Runner runner(MarcWorkload workload, InputFile file) {
        return switch (workload.strategy()) {
            case SEQUENTIAL ->
                new SequentialRunner(
                        FileWorkers.of(workload, List.of(file), Cancellation.NONE), 1, workload.operation());
            case PARALLEL_FILES -> {
                var workers = new Workers(2, Cancellation.NONE);
                yield new ParallelFilesRunner(
                        List.of(FileWorkers.of(workload, List.of(file), workers)), workers, 1, workload.operation());
            }
            case SPLIT_FILE -> {
                var workers = new Workers(2, Cancellation.NONE);
                var counters = Consumers.of(workload).tellsIndex()
                        ? List.of(new CodecWorker(
                                Reading.settings(ErrorMode.LENIENT), new WalkConsumer(), List.of(file), workers))
                        : List.<CodecWorker>of();
                yield new SplitRunner(
                        () -> new CodecWorker(
                                ReadSettings.of(workload), Consumers.of(workload), List.of(file), workers),
                        counters,
                        workers,
                        file,
                        workload);
            }
            case PIPELINE ->
                new PipelineRunner(workload, () -> Consumers.of(workload), new Workers(3, Cancellation.NONE), file);
            case PROCESSES -> throw new IllegalArgumentException("needs a JVM for each file");
        };
    }
}
