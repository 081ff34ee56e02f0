package dyno.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process may die between any two steps; each test stops after one of them and starts anew.
class DatasetFoldersTest {

    private static final UUID OLD = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID NEW = UUID.fromString("00000000-0000-4000-8000-000000000002");

    @TempDir
    private Path root;

    @Test
    void removesAnUploadThatWasNotDone() throws Exception {
        Files.createDirectory(
                Files.createDirectories(new DatasetFolders(root).startUpload()).resolve("scratch"));

        assertThat(afterStartWith(Set.of())).isEmpty();
    }

    @Test
    void removesANewFolderWhoseRowWasNotCommitted() throws Exception {
        filled(new DatasetFolders(root), NEW);

        assertThat(afterStartWith(Set.of())).isEmpty();
    }

    @Test
    void putsANewFolderInItsPlaceWhoseRowWasCommitted() throws Exception {
        var folders = new DatasetFolders(root);
        filled(folders, NEW);
        assertThat(folders.find(NEW).resolve("file")).exists();

        assertThat(afterStartWith(Set.of(NEW))).containsExactly(NEW + "/file");
    }

    @Test
    void keepsTheOldFolderOfAChangeThatWasNotCommitted() throws Exception {
        changed();

        assertThat(afterStartWith(Set.of(OLD))).containsExactly(OLD + "/file");
    }

    @Test
    void keepsTheNewFolderOfAChangeThatWasCommitted() throws Exception {
        changed();

        assertThat(afterStartWith(Set.of(NEW))).containsExactly(NEW + "/file");
    }

    @Test
    void leavesSettledFoldersAloneWhateverTheRowsSay() throws Exception {
        var folders = new DatasetFolders(root);
        filled(folders, OLD);
        folders.settle(OLD);

        assertThat(afterStartWith(Set.of())).containsExactly(OLD + "/file");
    }

    /// Up to the commit, whose outcome is not known.
    private void changed() throws IOException {
        var folders = new DatasetFolders(root);
        filled(folders, OLD);
        folders.settle(OLD);
        filled(folders, NEW);
        folders.withdraw(OLD);
    }

    private static void filled(DatasetFolders folders, UUID folder) throws IOException {
        Files.writeString(folders.create(folder).resolve("file"), "content");
    }

    private List<String> afterStartWith(Set<UUID> named) throws IOException {
        new DatasetFolders(root).sweep(named::contains);
        try (var walk = Files.walk(root)) {
            return walk.filter(path -> !Files.isDirectory(path) || !path.equals(root) && isEmpty(path))
                    .filter(path -> !path.endsWith("pending"))
                    .map(path -> root.relativize(path).toString())
                    .toList();
        }
    }

    private static boolean isEmpty(Path folder) {
        var content = folder.toFile().list();
        return content == null || content.length == 0;
    }
}
