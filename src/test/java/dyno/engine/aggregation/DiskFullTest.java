package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dyno.engine.Cancellation;
import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.support.SmallDisk;
import dyno.support.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A disk that fills up, wherever the engine writes.
@Tag("long")
class DiskFullTest {

    private static final int MEBIBYTES = 8;

    private SmallDisk disk;

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.mount(TestFolders.fresh("aggregation-disk"), MEBIBYTES);
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    @Test
    void generatesNothingThatDoesNotFit() throws Exception {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> generate("MEDIUM", Cancellation.NONE))
                .withMessageContaining("needs about")
                .satisfies(DiskFullTest::saysHowMuch);

        assertThat(files(disk.folder())).isZero();
    }

    @Test
    void leavesNothingHalfGeneratedWhereTheDiskFillsUpMeanwhile() throws Exception {
        var isFull = new AtomicBoolean();
        // Asked before the first row of each file.
        Cancellation filling = () -> {
            if (isFull.compareAndSet(false, true)) {
                try {
                    disk.fill();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        };

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> generate("SMALL", filling))
                .satisfies(DiskFullTest::saysHowMuch);

        disk.free();
        assertThat(files(disk.folder())).isZero();
    }

    @Test
    void saysThatDuckDbHasNoRoomToSpill() throws Exception {
        try (var duck = Duck.open(1, 64L << 20, disk.folder().resolve("spill"), Cancellation.NONE)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> duck.execute("""
                            CREATE TEMP TABLE sorted AS
                            SELECT range AS n, md5(range::VARCHAR) AS h
                            FROM range(4000000)
                            ORDER BY h
                            """))
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL);
                        assertThat(e.details()).containsKeys("path", "freeBytes");
                    });
        }

        assertThat(files(disk.folder())).isZero();
    }

    @Test
    void saysThatConvertedCsvHasNoRoom() throws Exception {
        var header = String.join(",", Table.NODE_LABELS.required());
        var csv = Files.writeString(
                TestFolders.fresh("aggregation-csv").resolve("nodes.csv"),
                header + "\n2025-11-01 00:00:00 +0000 UTC,n,{}\n");
        var scratch = Files.createDirectories(disk.folder().resolve("scratch"));
        disk.fill();

        assertThatIOException()
                .isThrownBy(() -> new PodUsageKind().take(new ReceivedFile("nodes.csv", csv, scratch, Long.MAX_VALUE)))
                .withMessageContaining("No space left");
    }

    private void generate(String scale, Cancellation cancellation) throws Exception {
        var context = new TrialContext(
                disk.folder().resolve("scratch"),
                disk.folder().resolve("cache"),
                Binding.MACHINE,
                cancellation,
                0,
                Depth.FULL,
                Map.of());
        var generate =
                Binding.generated(Map.of("scale", scale), Map.of()).input().generate();
        new InputCache(context, 1L << 30).require(generate);
    }

    private static void saysHowMuch(EngineException e) {
        assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL);
        assertThat(e.details()).containsKeys("path", "neededBytes", "freeBytes");
    }

    private static long files(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
