package dyno.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What clients may upload for engines to read: one format, checked when it comes in.
///
/// Implementations are stateless and safe for any number of threads. What they cost in memory does not grow with the
/// files. Facts are trees as JSON has them: maps, lists, strings, booleans, `Long`, finite `Double`; bounded, some
/// dozen kilobytes at most.
public interface DatasetKind {

    /// Lower-case word that names the kind in URLs and columns: `marc`.
    String id();

    /// What the files are, in a few words: `ISO 2709 files, plain or gzip`.
    String description();

    /// Checks one file as a client sent it, and says what is kept of it. Asked once a file, before it is stored.
    ///
    /// @return what is kept, and what is known of it alone
    /// @throws InvalidDatasetException at the first thing that no reader could do anything with
    /// @throws DatasetTooLargeException where what would be kept is larger than [ReceivedFile#maxBytes]
    TakenFile take(ReceivedFile file) throws IOException;

    /// What is known of a dataset as a whole. Asked whenever a file was added; other files may follow, so that only
    /// what none of them could mend is refused.
    ///
    /// @param files all of them, in bytewise order of their names; at least one
    /// @throws InvalidDatasetException where files disagree
    Map<String, Object> facts(List<DatasetFile> files) throws IOException;

    /// A file as it was sent.
    ///
    /// @param name     what the client calls it; errors name it so
    /// @param content  its bytes; to be read, not to be changed
    /// @param scratch  empty folder for whatever is made of it; removed afterwards
    /// @param maxBytes what may be kept of it, at most
    record ReceivedFile(String name, Path content, Path scratch, long maxBytes) {}

    /// What is kept of a file that was sent.
    ///
    /// @param content [ReceivedFile#content], or a file in [ReceivedFile#scratch] that was made of it: unpacked,
    ///                converted
    /// @param facts   of this file alone
    record TakenFile(Path content, Map<String, Object> facts) {}
}
