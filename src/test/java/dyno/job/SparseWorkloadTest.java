package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SparseWorkloadTest {

    @Test
    void leavesOutWhatDefaultsSayAnyway() {
        var sparse = SparseWorkload.of(Map.of("size", 5L, "fsync", true), given -> with(given, "fsync", true));

        assertThat(sparse).isEqualTo(Map.of("size", 5L));
    }

    @Test
    void keepsWhatDiffersFromItsDefault() {
        var sparse = SparseWorkload.of(Map.of("size", 5L, "fsync", false), given -> with(given, "fsync", true));

        assertThat(sparse).isEqualTo(Map.of("size", 5L, "fsync", false));
    }

    @Test
    void leavesOutNestedDefaultsAndObjectsThatAreEmptyThen() {
        var workload = Map.<String, @Nullable Object>of("input", Map.of("generate", Map.of("seed", 42L)));

        var sparse = SparseWorkload.of(workload, given -> given.isEmpty() ? workload : given);

        assertThat(sparse).isEmpty();
    }

    /// What is computed from a field keeps the field.
    @Test
    void keepsWhatOtherDefaultsFollowFrom() {
        var sparse = SparseWorkload.of(
                Map.of("threads", 4L, "streams", 4L),
                given -> with(with(given, "threads", 2L), "streams", given.getOrDefault("threads", 2L)));

        assertThat(sparse).isEqualTo(Map.of("threads", 4L));
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> given, String name, @Nullable Object value) {
        var complete = new LinkedHashMap<>(given);
        complete.putIfAbsent(name, value);
        return complete;
    }
}
