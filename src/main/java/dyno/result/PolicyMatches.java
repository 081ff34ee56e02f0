package dyno.result;

import static java.time.ZoneOffset.UTC;

import dyno.result.RetentionProperties.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Runs that are older than the policy allows which fits them first, oldest first. Safe for any number of
/// threads.
final class PolicyMatches {

    /// What goes when its time is over.
    enum Step {
        SAMPLES,
        RUN;

        @Nullable
        Duration keptFor(Policy policy) {
            return switch (this) {
                case SAMPLES -> policy.samplesFor();
                case RUN -> policy.runsFor();
            };
        }
    }

    private final JdbcClient jdbc;
    private final List<Policy> policies;
    private final StoredJson json = new StoredJson();

    PolicyMatches(JdbcClient jdbc, List<Policy> policies) {
        this.jdbc = jdbc;
        this.policies = policies;
    }

    /// Runs of which that should be gone and is not. Where no policy takes it, nobody is asked.
    ///
    /// @param kept runs that are none of them
    /// @param most how many at most
    List<UUID> due(Step step, Instant now, Set<UUID> kept, int most) {
        if (policies.stream().allMatch(policy -> step.keptFor(policy) == null)) {
            return List.of();
        }
        return jdbc.sql("""
                WITH policy AS MATERIALIZED (
                    SELECT position, labels, oldest
                    FROM json_to_recordset(CAST(:policies AS json))
                        AS given (position integer, labels jsonb, oldest timestamptz))
                SELECT run.id
                FROM run
                CROSS JOIN LATERAL (
                    SELECT policy.oldest
                    FROM policy
                    WHERE run.labels @> policy.labels
                    ORDER BY policy.position
                    LIMIT 1) AS fitting
                WHERE run.mode = 'MEASURE'
                  AND run.started_at < (SELECT max(oldest) FROM policy)
                  AND run.started_at < fitting.oldest
                  AND run.deleted_at IS NULL
                  AND NOT run.spared
                  AND (NOT :samples OR run.samples_expired_at IS NULL)
                  AND run.id <> ALL (CAST(:kept AS uuid[]))
                ORDER BY run.started_at, run.id
                LIMIT :most
                """)
                .param("policies", policies(step, now))
                .param("samples", step == Step.SAMPLES)
                .param("kept", texts(kept))
                .param("most", most)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    private String policies(Step step, Instant now) {
        return json.write(IntStream.range(0, policies.size())
                .mapToObj(i -> tree(i, policies.get(i).labels(), step.keptFor(policies.get(i)), now))
                .toList());
    }

    private static Map<String, @Nullable Object> tree(
            int position, Map<String, String> labels, @Nullable Duration keptFor, Instant now) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("position", position);
        tree.put("labels", labels);
        tree.put(
                "oldest",
                keptFor == null ? null : now.minus(keptFor).atOffset(UTC).toString());
        return tree;
    }

    static String[] texts(Set<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
