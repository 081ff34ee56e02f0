package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputCachesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path cache;

    @Test
    void removesTheLeastRecentlyUsedUntilTheRestFits() throws Exception {
        var oldest = entry("measurements-a", 400, NOON.minusSeconds(30));
        var used = entry("aggregation/b", 400, NOON.minusSeconds(40));
        Files.setLastModifiedTime(Files.write(used.resolve(".used"), new byte[] {'\n'}), FileTime.from(NOON));
        Files.setLastModifiedTime(used, FileTime.from(NOON.minusSeconds(40)));
        var middle = entry("aggregation/c", 400, NOON.minusSeconds(20));
        var newest = entry("measurements-d", 100, NOON.minusSeconds(10));

        InputCaches.sweep(cache, 501, NOON);

        assertThat(oldest).doesNotExist();
        assertThat(middle).doesNotExist();
        assertThat(used).exists();
        assertThat(newest.resolve("part-1.bin")).hasSize(100);
    }

    @Test
    void removesNothingThatFits() throws Exception {
        var one = entry("measurements-a", 300, NOON.minus(Duration.ofDays(900)));
        var two = entry("aggregation/b", 200, NOON);

        InputCaches.sweep(cache, 500, NOON);

        assertThat(one).exists();
        assertThat(two).exists();
    }

    @Test
    void removesWhatAKilledProcessLeftHalfMade() throws Exception {
        var half = entry("aggregation/.half-1", 10, NOON);
        var removed = entry(".half-measurements-a", 10, NOON);
        var whole = entry("aggregation/b", 10, NOON);

        InputCaches.sweep(cache, 1_000, NOON);

        assertThat(half).doesNotExist();
        assertThat(removed).doesNotExist();
        assertThat(whole).exists();
    }

    @Test
    void keepsWhatAJobMayResumeForADayHoweverLargeItIs() throws Exception {
        var fresh = entry("spill-a", 10_000, NOON);
        Files.setLastModifiedTime(
                Files.createFile(fresh.resolve("lock")), FileTime.from(NOON.minus(InputCaches.RESUMABLE)));
        var abandoned = entry("spill-b", 1, NOON);
        Files.setLastModifiedTime(
                Files.createFile(abandoned.resolve("lock")),
                FileTime.from(NOON.minus(InputCaches.RESUMABLE).minusSeconds(1)));
        var input = entry("measurements-a", 10, NOON);

        InputCaches.sweep(cache, 10, NOON);

        assertThat(fresh).exists();
        assertThat(abandoned).doesNotExist();
        assertThat(input).exists();
    }

    @Test
    void findsNothingToDoWhereThereIsNoCache() throws Exception {
        InputCaches.sweep(cache.resolve("none"), 0, NOON);

        assertThat(cache.resolve("none")).doesNotExist();
    }

    /// @param path of the entry; what is above it holds no file
    private Path entry(String path, int bytes, Instant usedAt) throws IOException {
        var folder = Files.createDirectories(cache.resolve(path));
        Files.write(folder.resolve("part-1.bin"), new byte[bytes]);
        Files.setLastModifiedTime(folder, FileTime.from(usedAt));
        return folder;
    }
}
