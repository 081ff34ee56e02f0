package dyno.engine.aggregation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator decides about the engine. Immutable.
///
/// @param store            where objects are read from; null where no store is configured
/// @param maxGeneratedRows most pod rows that a job may have generated
/// @param textCacheBytes   bound of the cache of raw label texts
/// @param inputCacheBytes  bound of the generated inputs that are kept
/// @param keepSchemas      how long a table that a job asked to keep stays
public record AggregationSettings(
        @Nullable ObjectStore store,
        long maxGeneratedRows,
        long textCacheBytes,
        long inputCacheBytes,
        Duration keepSchemas) {

    /// What holds where nothing is configured: no store.
    public static final AggregationSettings DEFAULT =
            new AggregationSettings(null, 50_000_000, 64L << 20, 20L << 30, Duration.ofHours(24));

    /// @throws IllegalArgumentException where a bound is less than 1
    public AggregationSettings {
        requirePositive("max-generated-rows", maxGeneratedRows);
        requirePositive("text-cache", textCacheBytes);
        requirePositive("input-cache", inputCacheBytes);
        requirePositive("keep-schemas, in seconds,", keepSchemas.toSeconds());
    }

    private static void requirePositive(String setting, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("dyno.aggregation.%s is %d; at least 1".formatted(setting, value));
        }
    }

    /// Buckets that jobs may name.
    List<String> buckets() {
        return store == null ? List.of() : store.buckets();
    }
}
