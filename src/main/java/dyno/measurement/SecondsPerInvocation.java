package dyno.measurement;

import org.jspecify.annotations.Nullable;

/// Seconds of one invocation (elapsed / invocations), over all samples of a case pooled.
///
/// @param p95       null where n·0.05 < 5
/// @param p95Reason `NEEDS_100_SAMPLES`; null where there is a value
/// @param p99       null where n·0.01 < 5
/// @param p99Reason `NEEDS_500_SAMPLES`; null where there is a value
/// @param mad       median absolute deviation from the median, not scaled
public record SecondsPerInvocation(
        double median,
        double min,
        double max,
        @Nullable Double p95,
        @Nullable String p95Reason,
        @Nullable Double p99,
        @Nullable String p99Reason,
        double mad) {}
