package dyno.dataset;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.util.List;

/// Says what may not be done to a dataset. Safe for any number of threads.
final class DatasetGuard {

    private final List<DatasetReaders> readers;

    DatasetGuard(List<DatasetReaders> readers) {
        this.readers = List.copyOf(readers);
    }

    /// @throws ProblemException `dataset-in-use`
    void requireUnused(StoredDataset dataset) {
        for (var reader : readers) {
            var found = reader.reader(dataset.id());
            if (found.isPresent()) {
                throw new ProblemException(
                        ProblemCode.DATASET_IN_USE, "Dataset %s is read by %s".formatted(dataset.name(), found.get()));
            }
        }
    }

    /// @return the dataset
    /// @throws ProblemException `name-taken` where it has such a file, `dataset-in-use`
    StoredDataset requireRoomFor(StoredDataset dataset, String file) {
        if (dataset.hasFile(file)) {
            throw new ProblemException(
                    ProblemCode.NAME_TAKEN, "Dataset %s has a file %s already".formatted(dataset.name(), file));
        }
        requireUnused(dataset);
        return dataset;
    }

    static ProblemException nameTaken(String name) {
        return new ProblemException(
                ProblemCode.NAME_TAKEN,
                "There is a dataset %s already; further files go to /api/v1/datasets/%s/files/{file}"
                        .formatted(name, name));
    }

    static ProblemException unknown(String name) {
        return new ProblemException(ProblemCode.UNKNOWN_DATASET, "There is no dataset " + Shown.value(name));
    }
}
