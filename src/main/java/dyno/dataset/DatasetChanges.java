package dyno.dataset;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.dataset.StoredDataset.StoredFile;
import dyno.dataset.Upload.Kept;
import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind;
import dyno.engine.InvalidDatasetException;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Changes rows and folders of datasets together: each change is a transaction, and the folders follow
/// its outcome, see [DatasetFolders]. Joins the transaction of the calling thread. Safe for any number of
/// threads.
final class DatasetChanges {

    private final DatasetStore store;
    private final DatasetFolders folders;
    private final DatasetGuard guard;
    private final DatasetHome home;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    DatasetChanges(
            DatasetStore store,
            DatasetFolders folders,
            DatasetGuard guard,
            DatasetHome home,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.store = store;
        this.folders = folders;
        this.guard = guard;
        this.home = home;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Stores a dataset of one file.
    ///
    /// @throws ProblemException `name-taken`, `invalid-dataset`
    StoredDataset create(String name, DatasetKind kind, Kept kept) {
        return inTransaction(() -> {
            var folder = UUID.randomUUID();
            follow(null, folder);
            var facts = fill(folder, List.of(kept.file()), null, kept, kind);
            var dataset = new StoredDataset(
                    UuidCreator.getTimeOrderedEpoch(),
                    name,
                    kind.id(),
                    folder,
                    home.node(),
                    kept.file().sha256(),
                    List.of(kept.file()),
                    facts,
                    clock.instant());
            try {
                store.add(dataset);
            } catch (DuplicateKeyException e) {
                var problem = DatasetGuard.nameTaken(name);
                problem.initCause(e);
                throw problem;
            }
            return dataset;
        });
    }

    /// Adds a file to a dataset.
    ///
    /// @throws ProblemException `unknown-dataset`, `dataset-in-use`, `name-taken`, `invalid-dataset`
    StoredDataset extend(String name, DatasetKind kind, Kept kept) {
        return inTransaction(() -> {
            var old = guard.requireRoomFor(
                    store.lock(name).orElseThrow(() -> DatasetGuard.unknown(name)),
                    kept.file().name());
            requireHere(old);
            var folder = UUID.randomUUID();
            follow(old.folder(), folder);
            var files = new ArrayList<>(old.files());
            files.add(kept.file());
            // Names are ASCII: UTF-16 units sort as bytes do.
            files.sort(Comparator.comparing(StoredFile::name));
            var facts = fill(folder, files, old.folder(), kept, kind);
            var sha256 = ContentDigest.of(files);
            store.change(old.id(), folder, sha256, facts);
            store.addFile(old.id(), kept.file());
            folders.withdraw(old.folder());
            return new StoredDataset(
                    old.id(), name, old.kind(), folder, old.node(), sha256, List.copyOf(files), facts, old.createdAt());
        });
    }

    /// @throws ProblemException `unknown-dataset`, `dataset-in-use`, `invalid-request` where it
    ///         lies on another node
    void remove(String name) {
        transaction.executeWithoutResult(status -> {
            var dataset = store.lock(name).orElseThrow(() -> DatasetGuard.unknown(name));
            guard.requireUnused(dataset);
            requireOwn(dataset);
            follow(dataset.folder(), null);
            store.remove(dataset.id());
            folders.withdraw(dataset.folder());
        });
    }

    private void requireHere(StoredDataset dataset) {
        requireOwn(dataset);
        if (!Files.isDirectory(folders.find(dataset.folder()))) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The files of dataset %s are not on this node; add to it where it was uploaded"
                            .formatted(dataset.name()));
        }
    }

    /// What another node holds only that can change.
    private void requireOwn(StoredDataset dataset) {
        if (dataset.node() != null && !dataset.node().equals(home.node())) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The files of dataset %s lie on node %s, and this is %s: send the request there"
                            .formatted(dataset.name(), dataset.node(), home.node()));
        }
    }

    private interface Change {
        StoredDataset make() throws IOException;
    }

    private StoredDataset inTransaction(Change change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            try {
                return change.make();
            } catch (InvalidDatasetException e) {
                throw Upload.invalid(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /// Makes a new, pending folder: the files of the old one by hard links, and the one that was kept.
    ///
    /// @return facts of the whole
    private Map<String, Object> fill(
            UUID folder, List<StoredFile> files, @Nullable UUID old, Kept kept, DatasetKind kind) throws IOException {
        var target = folders.create(folder);
        for (var file : files) {
            if (old == null || file.equals(kept.file())) {
                Files.createLink(target.resolve(file.name()), kept.content());
            } else {
                Files.createLink(target.resolve(file.name()), folders.find(old).resolve(file.name()));
            }
        }
        DatasetFolders.force(target);
        return kind.facts(asEnginesSeeThem(target, files));
    }

    static List<DatasetFile> asEnginesSeeThem(Path folder, List<StoredFile> files) {
        return files.stream()
                .map(file -> new DatasetFile(
                        file.name(), folder.resolve(file.name()), file.bytes(), file.sha256(), file.facts()))
                .toList();
    }

    /// Lets the folders follow the transaction: out with the old, in with the new one, or the other way
    /// round.
    private void follow(@Nullable UUID old, @Nullable UUID changed) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                switch (status) {
                    case STATUS_COMMITTED -> replace(old, changed);
                    case STATUS_ROLLED_BACK -> replace(changed, old);
                    // Whether a row names which folder shows at the next start.
                    default -> {}
                }
            }
        });
    }

    private void replace(@Nullable UUID gone, @Nullable UUID valid) {
        if (valid != null) {
            folders.settle(valid);
        }
        if (gone != null) {
            folders.remove(gone);
        }
    }
}
