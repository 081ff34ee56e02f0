package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.result.CaseResult.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptOutputsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final UUID job = new UUID(1, 2);

    @Test
    void movesWhatAForkKeptAndSaysWhatItIs() throws Exception {
        var kept = Files.createDirectory(folder.resolve("kept"));
        Files.writeString(kept.resolve("b.txt"), "two");
        Files.writeString(kept.resolve("a.txt"), "");

        var artifacts = KeptOutputs.take(kept, folder.resolve("outputs"), job, "sql[workers=2]");

        assertThat(artifacts)
                .containsExactly(
                        new Artifact("a.txt", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
                        new Artifact("b.txt", 3, "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"));
        assertThat(folder.resolve("outputs").resolve(job.toString()).resolve("sql%5Bworkers%3D2%5D/b.txt"))
                .hasContent("two");
        assertThat(kept.resolve("b.txt")).doesNotExist();
    }

    @Test
    void listsNothingWhereNothingWasKept() {
        assertThat(KeptOutputs.take(folder.resolve("kept"), folder.resolve("outputs"), job, "default"))
                .isEmpty();
        assertThat(folder.resolve("outputs")).doesNotExist();
    }

    @Test
    void removesOnlyWhatIsOldEnough() throws Exception {
        var old = Files.createDirectories(folder.resolve("old"));
        Files.writeString(Files.createDirectory(old.resolve("case")).resolve("x"), "x");
        var young = Files.createDirectory(folder.resolve("young"));
        Files.setLastModifiedTime(old, FileTime.from(NOON.minusSeconds(1)));
        Files.setLastModifiedTime(young, FileTime.from(NOON));

        KeptOutputs.sweep(folder, NOON);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void removesTheOldestJobsWhereAllTogetherTakeTooMuch() throws Exception {
        var old = kept("old", 60, NOON.minusSeconds(2));
        var middle = kept("middle", 60, NOON.minusSeconds(1));
        var young = kept("young", 60, NOON);

        KeptOutputs.bound(folder, 120);
        assertThat(old).doesNotExist();
        assertThat(middle.resolve("case/x")).hasSize(60);
        assertThat(young).exists();

        KeptOutputs.bound(folder, 119);
        assertThat(middle).doesNotExist();
        assertThat(young).exists();
    }

    private Path kept(String name, int bytes, Instant at) throws Exception {
        var job = Files.createDirectories(folder.resolve(name));
        Files.write(Files.createDirectory(job.resolve("case")).resolve("x"), new byte[bytes]);
        Files.setLastModifiedTime(job, FileTime.from(at));
        return job;
    }
}
