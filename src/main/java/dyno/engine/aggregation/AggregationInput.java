package dyno.engine.aggregation;

import dyno.engine.Field;
import org.jspecify.annotations.Nullable;

/// Where the rows come from: exactly one of `generate`, `dataset` and `s3`.
public record AggregationInput(
        @Field(value = "generated input", optional = true) @Nullable
        Generate generate,

        @Field(value = "name of a dataset of kind pod-usage", min = "1", max = "128") @Nullable
        String dataset,

        @Field(value = "objects in the configured store", optional = true) @Nullable
        S3Objects s3,

        @Field(value = "how generated files are read", defaultValue = "FILE")
        Transport transport) {

    boolean isThroughStore() {
        return s3 != null || transport == Transport.S3;
    }
}
