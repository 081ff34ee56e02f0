package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.EngineException;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingTest {

    @TempDir
    private Path folder;

    private Grouper grouper;

    @BeforeEach
    void makeGrouper() {
        grouper = new Grouper(folder);
        grouper.generate = new Generate(30_000, 900, 0.8, 6, 3, RowOrder.TIME);
    }

    @Test
    void goesOnFromWhatAnInterruptedJobSpilled() throws Exception {
        var undisturbed = grouper.run();
        grouper.strategy = Strategy.STREAMING;
        grouper.resume = true;
        interrupt();
        assertThat(spills()).hasSize(1);

        var resumed = grouper.run();

        assertThat(resumed.verification().differences()).isEmpty();
        assertThat(resumed.metric("resumedBuckets"))
                .isEqualTo(resumed.metric("buckets"))
                .isPositive();
        assertThat(resumed.files()).isEqualTo(undisturbed.files());
        assertThat(spills()).isEmpty();
    }

    @Test
    void doesARowGroupAgainWhoseSpillWasDamaged() throws Exception {
        var undisturbed = grouper.run();
        grouper.strategy = Strategy.STREAMING;
        grouper.resume = true;
        interrupt();
        var data = spills().getFirst().resolve("part-000001.spill");
        byte[] bytes = Files.readAllBytes(data);
        bytes[bytes.length / 2] ^= 1;
        Files.write(data, bytes);

        var resumed = grouper.run();

        assertThat(resumed.metric("resumedBuckets")).isZero();
        assertThat(resumed.files()).isEqualTo(undisturbed.files());
    }

    @Test
    void refusesTheSpillOfSomethingElse() throws Exception {
        grouper.strategy = Strategy.STREAMING;
        grouper.resume = true;
        interrupt();
        var manifest = spills().getFirst().resolve("spill.manifest");
        Files.writeString(manifest, Files.readString(manifest).replace("groupSize 1", "groupSize 2"));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(grouper::run)
                .withMessageContaining("groupSize 2")
                .withMessageContaining("groupSize 1");
    }

    @Test
    void sweepsSpillsThatNobodyCameBackFor() throws Exception {
        grouper.strategy = Strategy.STREAMING;
        grouper.resume = true;
        interrupt();
        grouper.groupSize = 2;
        interrupt();
        assertThat(spills()).hasSize(2);
        age(spills().getFirst(), Duration.ofHours(25));
        age(spills().getLast(), Duration.ofHours(23));
        var young = spills().getLast();
        grouper.strategy = Strategy.COLUMNAR;
        grouper.resume = false;

        grouper.run();

        assertThat(spills()).containsExactly(young);
    }

    @Test
    void leavesASpillAloneThatSomebodyHasOpen() throws Exception {
        var open = SpillFolder.resumable(Files.createDirectories(grouper.cache), "of something\n");
        age(spills().getFirst(), Duration.ofHours(25));

        grouper.run();

        assertThat(spills()).hasSize(1);
        open.close();
        grouper.run();
        assertThat(spills()).isEmpty();
    }

    private static void age(Path spill, Duration by) throws IOException {
        var lock = spill.resolve("lock");
        var then = Files.getLastModifiedTime(lock).toInstant().minus(by);
        Files.setLastModifiedTime(lock, FileTime.from(then));
    }

    @Test
    void leavesNothingWithoutResume() throws Exception {
        grouper.strategy = Strategy.STREAMING;
        interrupt();

        assertThat(spills()).isEmpty();
        var outcome = grouper.run();
        assertThat(outcome.scratch().resolve("spill")).doesNotExist();
        assertThat(outcome.metric("spillBytes")).isPositive();
    }

    @Test
    void groupsABucketThatIsLargerThanItsShare() throws Exception {
        // One probe has nearly all rows, and the limit leaves room for few at once.
        grouper.generate = new Generate(700_000, 3, 4, 6, 1, RowOrder.SHUFFLED);
        var inMemory = grouper.run();
        grouper.strategy = Strategy.STREAMING;
        grouper.memoryLimitBytes = 268_435_456;
        var streamed = grouper.run();

        assertThat(streamed.verification().differences()).isEmpty();
        assertThat(streamed.files()).isEqualTo(inMemory.files());
    }

    @Test
    void sortsALargeBucketInAsFewRunsAsItsShareAllowsHoweverManyRowGroupsThereAre() throws Exception {
        grouper.generate = new Generate(400_000, 3, 4, 6, 60, RowOrder.SHUFFLED);
        var inMemory = grouper.run();
        grouper.strategy = Strategy.STREAMING;
        grouper.memoryLimitBytes = 268_435_456;
        var runs = new AtomicInteger();
        grouper.maker = path -> {
            if (String.valueOf(path.getFileName()).startsWith("run-")) {
                runs.incrementAndGet();
            }
            return FileMaker.DISK.create(path);
        };

        var streamed = grouper.run();

        assertThat(streamed.files()).isEqualTo(inMemory.files());
        // And not one for each of the sixty files.
        assertThat(runs.get()).isBetween(2, 8);
    }

    @Test
    @Tag("long")
    void groupsFiveMillionRowsInAQuarterOfAGibibyte() throws Exception {
        grouper.generate = new Generate(5_000_000, 18_928, 0.8, 42, 1, RowOrder.TIME);
        grouper.strategy = Strategy.STREAMING;
        grouper.memoryLimitBytes = 268_435_456;

        var outcome = grouper.run();

        assertThat(outcome.verification().differences()).isEmpty();
        try (var left = Files.list(outcome.scratch())) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("output");
        }
    }

    /// Runs until the output cannot be written.
    private void interrupt() throws Exception {
        try (var trial = GroupingTrial.prepare(grouper.workload(), grouper.context(), path -> {
            if (Disks.isOutput(path)) {
                throw new IOException("no output now");
            }
            return FileMaker.DISK.create(path);
        })) {
            assertThatExceptionOfType(EngineException.class).isThrownBy(trial::invoke);
        }
    }

    private List<Path> spills() throws IOException {
        try (var found = Files.list(grouper.cache)) {
            return found.filter(path -> path.getFileName().toString().startsWith("spill-"))
                    .sorted()
                    .toList();
        }
    }
}
