package dyno.dataset;

import dyno.catalog.EngineCatalog;
import dyno.engine.DatasetKind;
import dyno.web.Answer;
import dyno.web.Answer.Outcome;
import dyno.web.BodyLimit;
import dyno.web.IdempotencyKeys;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes uploads in: streams them to disk, has them checked, stores them. An upload that is refused, or breaks off,
/// leaves nothing. Safe for any number of threads.
final class DatasetIntake {

    private final EngineCatalog catalog;
    private final DatasetStore store;
    private final DatasetFolders folders;
    private final DatasetGuard guard;
    private final DatasetChanges changes;
    private final Inspector inspector;
    private final DiskRoom room;
    private final IdempotencyKeys keys;

    /// What uploads go through.
    record Stages(DatasetGuard guard, Inspector inspector, DatasetChanges changes, DiskRoom room) {}

    DatasetIntake(
            EngineCatalog catalog, DatasetStore store, DatasetFolders folders, Stages stages, IdempotencyKeys keys) {
        this.catalog = catalog;
        this.store = store;
        this.folders = folders;
        this.guard = stages.guard();
        this.inspector = stages.inspector();
        this.changes = stages.changes();
        this.room = stages.room();
        this.keys = keys;
    }

    /// What a body is to become.
    ///
    /// @param dataset name
    /// @param kind    of a new dataset; null: a further file of one that is there
    /// @param file    name
    /// @param key     Idempotency-Key; null for none
    record Target(
            String dataset,
            @Nullable DatasetKind kind,
            String file,
            @Nullable String key) {

        String scope() {
            return kind == null
                    ? "PUT /api/v1/datasets/%s/files/%s".formatted(dataset, file)
                    : "PUT /api/v1/datasets/%s?kind=%s&file=%s".formatted(dataset, kind.id(), file);
        }
    }

    Optional<DatasetKind> kind(String id) {
        return Optional.ofNullable(catalog.datasetKinds().get(id));
    }

    /// @param answer makes the answer, which a repetition with the same key gets again
    /// @throws ProblemException `name-taken`, `unknown-dataset`, `dataset-in-use`, `too-large`, `resource-limit`,
    ///         `invalid-dataset`, those of [IdempotencyKeys#once]
    Outcome put(Target target, HttpServletRequest request, Function<StoredDataset, Answer> answer) throws IOException {
        // Before hours of upload; asked again when it is stored.
        var kind = target.kind() == null ? kindOfExtended(target) : kindOfNew(target, target.kind());
        room.require(Math.max(0, request.getContentLengthLong()));
        try (var body = BodyLimit.lift(request, room.maxFileBytes());
                var upload = new Upload(folders.startUpload(), room, target.file())) {
            var sha256 = upload.receive(body);
            var kept = inspector.run(() -> upload.take(kind, sha256));
            return keys.once(
                    target.key(),
                    target.scope(),
                    sha256,
                    () -> answer.apply(
                            target.kind() == null
                                    ? changes.extend(target.dataset(), kind, kept)
                                    : changes.create(target.dataset(), kind, kept)));
        }
    }

    /// With a key, what is there already may be the answer.
    private DatasetKind kindOfNew(Target target, DatasetKind kind) {
        if (target.key() == null && store.find(target.dataset()).isPresent()) {
            throw DatasetGuard.nameTaken(target.dataset());
        }
        return kind;
    }

    private DatasetKind kindOfExtended(Target target) {
        var dataset = store.find(target.dataset()).orElseThrow(() -> DatasetGuard.unknown(target.dataset()));
        if (target.key() == null) {
            guard.requireRoomFor(dataset, target.file());
        }
        return kind(dataset.kind())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_REQUEST,
                        "Dataset %s is of kind %s, which no engine reads any more"
                                .formatted(dataset.name(), dataset.kind())));
    }
}
