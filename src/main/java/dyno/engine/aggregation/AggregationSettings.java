package dyno.engine.aggregation;

import java.util.Set;

/// What an operator decides about the engine.
///
/// @param buckets          buckets of the configured object store that jobs may name; null where no store is configured
/// @param maxGeneratedRows most pod rows that a job may have generated
/// @param textCacheBytes   bound of the cache of raw label texts
public record AggregationSettings(
        @org.jspecify.annotations.Nullable Set<String> buckets, long maxGeneratedRows, long textCacheBytes) {

    static final long DEFAULT_MAX_GENERATED_ROWS = 50_000_000;
    static final long DEFAULT_TEXT_CACHE_BYTES = 64L << 20;

    public static AggregationSettings withoutStore() {
        return new AggregationSettings(null, DEFAULT_MAX_GENERATED_ROWS, DEFAULT_TEXT_CACHE_BYTES);
    }

    boolean hasStore() {
        return buckets != null;
    }
}
