package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.Verification.Check;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityTest {

    @TempDir
    private Path folder;

    private Grouper grouper;

    @BeforeEach
    void makeGrouper() {
        grouper = new Grouper(folder);
        grouper.generate = new Generate(20_000, 300, 0.8, 4, 2, RowOrder.TIME);
    }

    /// The rows are spilled in some 1.2 MB, and become files of about 0.5.
    @ParameterizedTest
    @CsvSource({
        "COLUMNAR, 100000",
        "COLUMNAR, 0",
        "SQL_GROUP_BY, 100000",
        "QUERY_PER_KEY, 100000",
        "STREAMING, 0",
        "STREAMING, 100000",
        "STREAMING, 1200000",
        "STREAMING, 1600000"
    })
    void endsDiskFullWithoutFinalNames(Strategy strategy, long roomBytes) throws Exception {
        grouper.strategy = strategy;
        grouper.sampleKeys = strategy == Strategy.QUERY_PER_KEY ? 200 : null;
        var context = grouper.context();
        try (var trial = GroupingTrial.prepare(grouper.workload(), context, Disks.withRoomFor(roomBytes))) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(trial::invoke)
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL);
                        assertThat(e.details()).containsKeys("path", "neededBytes", "freeBytes");
                    });
        }

        try (var left = Files.list(context.scratch().resolve("output"))) {
            assertThat(left).isEmpty();
        }
        assertThat(context.scratch().resolve("spill")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_600_000})
    void goesOnOnceADiskThatWasFullHasRoom(long roomBytes) throws Exception {
        var undisturbed = grouper.run();
        grouper.strategy = Strategy.STREAMING;
        grouper.resume = true;
        try (var trial = GroupingTrial.prepare(grouper.workload(), grouper.context(), Disks.withRoomFor(roomBytes))) {
            assertThatExceptionOfType(EngineException.class).isThrownBy(trial::invoke);
        }

        var resumed = grouper.run();

        assertThat(resumed.verification().differences()).isEmpty();
        assertThat(resumed.files()).isEqualTo(undisturbed.files());
        assertThat(resumed.metric("resumedBuckets") > 0).isEqualTo(roomBytes > 1_000_000);
    }

    @Test
    void saysThatTheOutputFolderIsGone() throws Exception {
        var context = grouper.context();
        try (var trial = GroupingTrial.prepare(grouper.workload(), context)) {
            MadeFiles.delete(context.scratch().resolve("output"));

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(trial::invoke)
                    .withMessageContaining("is gone")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.ENGINE_ERROR));
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void stopsWhereverItIsCancelled(Strategy strategy) throws Exception {
        grouper.strategy = strategy;
        grouper.run();
        int stopped = 0;
        // Each run is cancelled a few looks later, until one runs through.
        for (int looks = 1; stopped < 30; looks += 1 + looks / 2) {
            var left = new AtomicInteger(looks);
            grouper.cancellation = () -> left.decrementAndGet() < 0;
            var context = grouper.context();
            try (var trial = GroupingTrial.prepare(grouper.workload(), context)) {
                trial.invoke();
                break;
            } catch (CancellationException e) {
                stopped++;
                assertThat(context.scratch().resolve("spill")).doesNotExist();
                assertThat(context.scratch().resolve("output").resolve("train.arrayrecord.tmp"))
                        .doesNotExist();
            }
        }

        assertThat(stopped).isPositive();
    }

    @Test
    void leavesNothingInTheCacheWhereItIsCancelledWhileInputIsMade() throws Exception {
        var left = new AtomicInteger(3);
        grouper.cancellation = () -> left.decrementAndGet() < 0;
        var context = grouper.context();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> GroupingTrial.prepare(grouper.workload(), context));

        assertThat(grouper.cache).isEmptyDirectory();
        assertThat(context.scratch()).isEmptyDirectory();
    }

    @Test
    void saysWhenGeneratedInputWasUsedLast() throws Exception {
        GroupingTrial.prepare(grouper.workload(), grouper.context()).close();
        Path made;
        try (var entries = Files.list(grouper.cache)) {
            made = entries.findFirst().orElseThrow();
        }
        Files.setLastModifiedTime(made, FileTime.from(Instant.EPOCH));
        var context = grouper.context();

        GroupingTrial.prepare(grouper.workload(), context).close();

        assertThat(Files.getLastModifiedTime(made).toInstant())
                .isCloseTo(Files.getLastModifiedTime(context.scratch()).toInstant(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void beginsEveryInvocationWithAnEmptyFolder() throws Exception {
        var context = grouper.context();
        try (var trial = GroupingTrial.prepare(grouper.workload(), context)) {
            trial.reset();
            trial.invoke();
            trial.reset();

            assertThat(context.scratch().resolve("output")).isEmptyDirectory();
            trial.invoke();
            assertThat(trial.verify().differences()).isEmpty();
        }
    }

    @ParameterizedTest
    // In the first block's header, in chunks, and, from the end, in what pads the file.
    @ValueSource(longs = {8, 70, 300, 5_000, -1})
    void findsAnOutputThatWasChanged(long offset) throws Exception {
        var context = grouper.context();
        try (var trial = GroupingTrial.prepare(grouper.workload(), context)) {
            trial.invoke();
            var output = context.scratch().resolve("output/train.arrayrecord");
            flip(output, offset < 0 ? Files.size(output) + offset : offset);

            var verification = trial.verify();

            assertThat(verification.isPassed()).isFalse();
            assertThat(verification.checks())
                    .filteredOn(check -> !check.passed())
                    .extracting(Check::name)
                    .contains("hashesValid");
        }
    }

    @Test
    void findsAManifestThatWasChanged() throws Exception {
        var context = grouper.context();
        try (var trial = GroupingTrial.prepare(grouper.workload(), context)) {
            trial.invoke();
            var manifest = context.scratch().resolve("output/manifest.json");
            Files.writeString(manifest, Files.readString(manifest).replace("\"probes\": 300", "\"probes\": 301"));

            assertThat(trial.verify().differences()).contains("manifestMatches");
        }
    }

    @Test
    void findsAnIterationThatDiffers() throws Exception {
        var context = grouper.context();
        try (var trial = GroupingTrial.prepare(grouper.workload(), context)) {
            trial.invoke();
            var made = grouper.cache.resolve("measurements-" + MadeFiles.digest(grouper.generate));
            var other = new Generate(20_000, 300, 0.8, 5, 2, RowOrder.TIME);
            MadeFiles.delete(made);
            Files.createDirectory(made);
            MadeFiles.write(made, other, grouper.cancellation);
            trial.invoke();

            assertThat(trial.verify().differences()).contains("sameFilesEveryIteration");
        }
    }

    private static void flip(Path file, long offset) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 4)).flip();
            channel.write(one, offset);
        }
    }
}
