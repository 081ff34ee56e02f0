package dyno.dataset;

import java.util.Optional;
import java.util.UUID;

/// Knows who needs a dataset to stay as it is. Implemented by whoever lets datasets be read; datasets know nobody.
@FunctionalInterface
public interface DatasetReaders {

    /// Who reads the dataset now or will: `job 0193…`. Asked in a transaction that has locked the dataset's row, so
    /// that
    /// nobody can begin to while it is open.
    Optional<String> reader(UUID dataset);
}
