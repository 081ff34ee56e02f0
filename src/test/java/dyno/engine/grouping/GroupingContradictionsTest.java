package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.engine.Contradictions;
import dyno.engine.Contradictions.Contradiction;
import dyno.engine.Machine;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GroupingContradictionsTest {

    private static final Machine MACHINE =
            new Machine(4, OptionalInt.of(4), 8L << 30, OptionalLong.empty(), OptionalLong.empty());

    @Test
    void findsNothingAgainstTheDefaults() {
        assertThat(found(Map.of()).found()).isEmpty();
        assertThat(found(Map.of()).beyondLimits()).isEmpty();
    }

    @Test
    void saysWhichStrategyAFieldNeeds() {
        assertThat(found(Map.of("sampleKeys", 5L)).found())
                .containsExactly(new Contradiction(
                        "sampleKeys", "sampleKeys needs strategy QUERY_PER_KEY, but strategy is COLUMNAR"));
        assertThat(found(Map.of("sqlTransport", "JDBC")).found())
                .containsExactly(new Contradiction(
                        "sqlTransport", "sqlTransport needs strategy SQL_GROUP_BY, but strategy is COLUMNAR"));
        assertThat(found(Map.of("spillBuckets", 8L, "resume", true)).found())
                .containsExactly(
                        new Contradiction(
                                "spillBuckets", "spillBuckets needs strategy STREAMING, but strategy is COLUMNAR"),
                        new Contradiction("resume", "resume needs strategy STREAMING, but strategy is COLUMNAR"));
    }

    @Test
    void saysWhatExceedsWhat() {
        var generate = Map.<String, Object>of("measurements", 10L, "probes", 11L, "files", 12L);
        assertThat(found(Map.of("input", Map.of("generate", generate), "strategy", "QUERY_PER_KEY", "sampleKeys", 13L))
                        .found())
                .containsExactlyInAnyOrder(
                        new Contradiction(
                                "input.generate.probes", "probes must not exceed measurements (10), but is 11"),
                        new Contradiction("input.generate.files", "files must not exceed measurements (10), but is 12"),
                        new Contradiction("sampleKeys", "sampleKeys must not exceed probes (11), but is 13"));
    }

    @Test
    void wantsOneInput() {
        assertThat(found(Map.of("input", Map.of("generate", Map.of(), "dataset", "slice")))
                        .found())
                .containsExactly(
                        new Contradiction("input", "input needs one of generate and dataset, but both are given"));
        assertThat(found(Map.of("input", Map.of())).found())
                .containsExactly(
                        new Contradiction("input", "input needs one of generate and dataset, but none is given"));
    }

    @Test
    void findsThreeAtOnce() {
        assertThat(found(Map.of("compression", "NONE", "compressionLevel", 5L, "trainRatio", 0.85, "sampleKeys", 2L))
                        .found())
                .containsExactlyInAnyOrder(
                        new Contradiction(
                                "compressionLevel", "compressionLevel needs compression ZSTD, but compression is NONE"),
                        new Contradiction(
                                "trainRatio", "trainRatio must be a multiple of 0.1 with split HASH, but is 0.85"),
                        new Contradiction(
                                "sampleKeys", "sampleKeys needs strategy QUERY_PER_KEY, but strategy is COLUMNAR"));
    }

    @Test
    void takesAnyRatioByPosition() {
        assertThat(found(Map.of("split", "POSITION", "trainRatio", 0.85)).found())
                .isEmpty();
    }

    @Test
    void wantsRoomForSixteenRecords() {
        assertThat(found(Map.of("strategy", "STREAMING", "memoryLimitBytes", 268_435_456L, "maxRowBytes", 33_554_432L))
                        .found())
                .extracting(Contradiction::message)
                .singleElement()
                .asString()
                .startsWith("memoryLimitBytes must be at least 16 × maxRowBytes with strategy STREAMING");
    }

    @Test
    void refusesColumnsBeyondTheLimitThatWasGiven() {
        var large = Map.<String, Object>of("generate", Map.of("measurements", 50_000_000L));

        assertThat(found(Map.of("input", large)).beyondLimits()).isEmpty();
        assertThat(found(Map.of("input", large, "memoryLimitBytes", 1_073_741_824L))
                        .beyondLimits())
                .extracting(Contradiction::message)
                .singleElement()
                .asString()
                .contains("1073741824");
        assertThat(found(Map.of("input", large, "memoryLimitBytes", 1_073_741_824L, "strategy", "STREAMING"))
                        .beyondLimits())
                .isEmpty();
    }

    @Test
    void wantsStreamingForMoreRowsThanAnArrayHolds() {
        var bound = entry().bind(Map.of("input", Map.of("dataset", "many")), MACHINE);
        var found = new Contradictions();

        GroupingContradictions.findLimits(bound.workload(), bound.given(), 2_147_483_640L, 10, found);

        assertThat(found.found())
                .containsExactly(new Contradiction(
                        "strategy",
                        "strategy needs STREAMING for more than 2147483639 rows, but is COLUMNAR with 2147483640"));
        var streaming = entry().bind(Map.of("input", Map.of("dataset", "many"), "strategy", "STREAMING"), MACHINE);
        var nothing = new Contradictions();
        GroupingContradictions.findLimits(streaming.workload(), streaming.given(), 2_147_483_640L, 10, nothing);
        assertThat(nothing.found()).isEmpty();
    }

    @Test
    void measuresAResumedJobOnce() {
        var entry = entry();
        var resumed = entry.bind(Map.of("strategy", "STREAMING", "resume", true), MACHINE);

        assertThat(new GroupingEngine().isRepeatable(resumed.workload())).isFalse();
    }

    private static Contradictions found(Map<String, Object> tree) {
        var bound = entry().bind(tree, MACHINE);
        var found = new Contradictions();
        new GroupingEngine().contradictions(bound.workload(), bound.given(), found);
        return found;
    }

    @SuppressWarnings("unchecked")
    private static EngineEntry<GroupingWorkload> entry() {
        return (EngineEntry<GroupingWorkload>) new EngineCatalog(List.of(new GroupingEngine())).require("grouping");
    }
}
