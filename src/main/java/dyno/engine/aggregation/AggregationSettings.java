package dyno.engine.aggregation;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operator decides about the engine.
///
/// @param buckets          buckets of the configured object store that jobs may name; null where no store is configured
/// @param maxGeneratedRows most pod rows that a job may have generated
/// @param textCacheBytes   bound of the cache of raw label texts
/// @param keepSchemas      how long a table that a job asked to keep stays
public record AggregationSettings(
        @Nullable Set<String> buckets, long maxGeneratedRows, long textCacheBytes, Duration keepSchemas) {

    static final long DEFAULT_MAX_GENERATED_ROWS = 50_000_000;
    static final long DEFAULT_TEXT_CACHE_BYTES = 64L << 20;
    static final Duration DEFAULT_KEEP_SCHEMAS = Duration.ofHours(24);

    public static AggregationSettings withoutStore() {
        return new AggregationSettings(
                null, DEFAULT_MAX_GENERATED_ROWS, DEFAULT_TEXT_CACHE_BYTES, DEFAULT_KEEP_SCHEMAS);
    }
}
