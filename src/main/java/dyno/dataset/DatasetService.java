package dyno.dataset;

import dyno.engine.Dataset;
import dyno.web.Cursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Datasets as they are. Safe for any number of threads.
public final class DatasetService {

    private final DatasetStore store;
    private final DatasetFolders folders;

    DatasetService(DatasetStore store, DatasetFolders folders) {
        this.store = store;
        this.folders = folders;
    }

    /// A dataset as engines see it.
    public Optional<Dataset> find(String name) {
        return store.find(name).map(this::asEnginesSeeIt);
    }

    /// The folder that holds a dataset's files and nothing else; empty where there is no such dataset, or where its
    /// files
    /// lie on another node.
    public Optional<Path> folder(String name) {
        return store.find(name).map(dataset -> folders.find(dataset.folder())).filter(Files::isDirectory);
    }

    /// @throws ProblemException `unknown-dataset`
    StoredDataset require(String name) {
        return store.find(name).orElseThrow(() -> DatasetGuard.unknown(name));
    }

    /// Newest first, at most one more than `limit`.
    List<StoredDataset> list(@Nullable String kind, int limit, @Nullable Cursor after) {
        return store.list(kind, limit, after);
    }

    private Dataset asEnginesSeeIt(StoredDataset stored) {
        return new Dataset(
                stored.name(),
                stored.kind(),
                stored.sha256(),
                DatasetChanges.asEnginesSeeThem(folders.find(stored.folder()), stored.files()),
                stored.facts());
    }
}
