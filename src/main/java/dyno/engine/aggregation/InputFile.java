package dyno.engine.aggregation;

import dyno.engine.parquet.ParquetInput;
import java.io.IOException;

/// One Parquet file of the input, as it was when the trial was prepared. Immutable.
interface InputFile {

    /// Its path below the input's folder, or its key.
    String name();

    long bytes();

    /// Reads the footer.
    ///
    /// @throws dyno.engine.EngineException where it is not the file that was found while preparing, or is damaged
    ParquetInput open() throws IOException;

    /// What differs from when the trial was prepared; null where nothing does.
    @org.jspecify.annotations.Nullable
    String change() throws IOException;
}
