package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    private Path folder;

    @Test
    void isGoneWithItsJobAndLeavesOthersAlone() throws Exception {
        var root = folder.resolve("scratch");
        var other = Files.createDirectories(root.resolve("other"));
        try (var scratch = Scratch.of(root, new UUID(1, 2))) {
            Files.writeString(scratch.fork(0, 1).resolve("spill"), "rows");
        }

        assertThat(root.resolve(new UUID(1, 2).toString())).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void isSweptOfWhatAKilledServiceLeftWithoutFollowingLinks() throws Exception {
        var root = Files.createDirectories(folder.resolve("scratch"));
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("dataset"), "rows");
        var left =
                Files.createDirectories(root.resolve(new UUID(1, 2).toString()).resolve("case0-fork0"));
        Files.writeString(left.resolve("spill"), "rows");
        Files.createSymbolicLink(left.resolve("input"), elsewhere);

        Scratch.sweep(root);

        assertThat(root).isEmptyDirectory();
        assertThat(elsewhere.resolve("dataset")).hasContent("rows");
    }
}
