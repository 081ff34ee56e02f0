package dyno.result;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What is kept, and how long: settings under `dyno.retention`. A misspelt one stops the start.
///
/// SMOKE runs are no matter of policies: they go after a day.
///
/// @param policies        for measured and imported runs; the first whose labels a run carries counts, and
///                        a run that none fits is kept
/// @param purgeAfter      from a run's deletion to its end; until then it can be brought back
/// @param changePointRuns points on each side of a change of level that are kept
/// @param artifactsFor    files that engines were told to keep, and profiles
/// @param artifactBytes   that all of them may take on a node; the oldest job's go first
/// @param cacheBytes      that generated inputs may take on a node; the least recently used go first
@ConfigurationProperties(prefix = "dyno.retention", ignoreUnknownFields = false)
public record RetentionProperties(
        @DefaultValue List<Policy> policies,
        @DefaultValue("7d") Duration purgeAfter,
        @DefaultValue("5") int changePointRuns,
        @DefaultValue("24h") Duration artifactsFor,
        @DefaultValue("50GB") DataSize artifactBytes,
        @DefaultValue("50GB") DataSize cacheBytes) {

    private static final String PREFIX = "dyno.retention.";

    /// @throws RetentionSettingException where a setting makes no sense, or a policy can never count
    public RetentionProperties {
        policies = List.copyOf(policies);
        requireNotNegative("purge-after", purgeAfter);
        requirePositive(PREFIX + "artifacts-for", artifactsFor);
        if (changePointRuns < 0) {
            throw new RetentionSettingException(PREFIX + "change-point-runs %d is negative".formatted(changePointRuns));
        }
        requireNotNegative("artifact-bytes", artifactBytes);
        requireNotNegative("cache-bytes", cacheBytes);
        for (int i = 0; i < policies.size(); i++) {
            policies.get(i).check(PREFIX + "policies[%d]".formatted(i));
            requireReachable(policies, i);
        }
    }

    /// @param labels     that a run carries; none: any run
    /// @param samplesFor how long raw samples stay, from the run's start; null: as long as the run
    /// @param runsFor    how long the run stays; null: for good
    public record Policy(
            @DefaultValue Map<String, String> labels,
            @Nullable Duration samplesFor,
            @Nullable Duration runsFor) {

        public Policy {
            labels = Map.copyOf(labels);
        }

        private void check(String name) {
            requirePositive(name + ": samples-for", samplesFor);
            requirePositive(name + ": runs-for", runsFor);
            if (samplesFor != null && runsFor != null && samplesFor.compareTo(runsFor) > 0) {
                throw new RetentionSettingException("%s: samples-for %s is longer than runs-for %s"
                        .formatted(name, text(samplesFor), text(runsFor)));
            }
        }
    }

    /// A run that carries a later policy's labels must not always carry an earlier one's as well.
    private static void requireReachable(List<Policy> policies, int later) {
        for (int earlier = 0; earlier < later; earlier++) {
            var wider = policies.get(earlier).labels();
            if (policies.get(later).labels().entrySet().containsAll(wider.entrySet())) {
                throw new RetentionSettingException(PREFIX
                        + "policies[%d] never counts: policies[%d], which comes first, fits every run that it fits"
                                .formatted(later, earlier));
            }
        }
    }

    private static void requirePositive(String name, @Nullable Duration time) {
        if (time != null && !time.isPositive()) {
            throw new RetentionSettingException("%s %s is no time at all".formatted(name, text(time)));
        }
    }

    private static void requireNotNegative(String name, Duration time) {
        if (time.isNegative()) {
            throw new RetentionSettingException(PREFIX + "%s %s is negative".formatted(name, text(time)));
        }
    }

    private static void requireNotNegative(String name, DataSize size) {
        if (size.isNegative()) {
            throw new RetentionSettingException(PREFIX + "%s %s is negative".formatted(name, size));
        }
    }

    /// `P30D` for what was written as `30d`.
    private static String text(Duration time) {
        return time.toDaysPart() > 0 && time.equals(Duration.ofDays(time.toDays()))
                ? "P%dD".formatted(time.toDays())
                : time.toString();
    }
}
