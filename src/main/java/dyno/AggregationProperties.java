package dyno;

import dyno.engine.aggregation.AggregationSettings;
import dyno.engine.aggregation.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings under `dyno.aggregation`.
///
/// @param maxGeneratedRows most pod rows that a job may have generated
/// @param textCache        bound of the cache of raw label texts, in each fork
/// @param inputCache       bound of the generated inputs that are kept
/// @param keepSchemas      how long a table stays that a job asked to keep
/// @param s3               the object store; none where not set
@ConfigurationProperties("dyno.aggregation")
record AggregationProperties(
        @DefaultValue("50000000") long maxGeneratedRows,
        @DefaultValue("64MB") DataSize textCache,
        @DefaultValue("20GB") DataSize inputCache,
        @DefaultValue("24h") Duration keepSchemas,
        @Nullable Store s3) {

    /// @param endpoint  of the S3 interface
    /// @param region    as requests are signed for
    /// @param accessKey name of the account
    /// @param secretKey what signs requests
    /// @param buckets   that jobs may name; generated input goes to the first
    record Store(
            URI endpoint,
            @DefaultValue("us-east-1") String region,
            String accessKey,
            String secretKey,
            List<String> buckets) {

        /// Without anything that would let somebody in.
        @Override
        public String toString() {
            return "Store[buckets=%s]".formatted(buckets);
        }
    }

    /// @throws IllegalArgumentException where a bound is less than 1, or the store's settings are not complete
    AggregationSettings settings() {
        return new AggregationSettings(
                s3 == null ? null : store(s3),
                maxGeneratedRows,
                textCache.toBytes(),
                inputCache.toBytes(),
                keepSchemas);
    }

    private static ObjectStore store(Store store) {
        return new ObjectStore(
                required("endpoint", store.endpoint()),
                store.region(),
                required("access-key", store.accessKey()),
                required("secret-key", store.secretKey()),
                required("buckets", store.buckets()));
    }

    private static <T> T required(String setting, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "dyno.aggregation.s3.%s is not set, but other settings of the store are".formatted(setting));
        }
        return value;
    }
}
