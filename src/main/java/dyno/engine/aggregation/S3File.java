package dyno.engine.aggregation;

import dyno.engine.parquet.ParquetInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An object of the store, as it was when it was listed.
///
/// @param name below the prefix that was listed
/// @param etag that every read insists on
record S3File(S3Store store, String bucket, String key, String name, long bytes, String etag) implements InputFile {

    String place() {
        return S3Store.place(bucket, key);
    }

    @Override
    public ParquetInput open() throws IOException {
        return ParquetInput.open(new S3Input(this));
    }

    @Override
    public @Nullable String change() throws IOException {
        return store.change(this);
    }
}
