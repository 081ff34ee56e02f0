package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Contradictions;
import dyno.engine.Machine;
import dyno.engine.generator.GeneratorEngine;
import dyno.engine.generator.GeneratorWorkload;
import dyno.web.StrictJson;
import dyno.web.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeneratorEntryTest {

    private static final Machine MACHINE =
            new Machine(6, OptionalInt.of(3), 8L << 30, OptionalLong.empty(), OptionalLong.of(32 << 20));

    private final EngineEntry<GeneratorWorkload> entry = EngineEntry.of(new GeneratorEngine());

    @Test
    void listsEveryViolationAtOnce() {
        var violations = entry.check(tree("""
                        {"threads": 0, "totalBytes": 0, "compressRatio": 0.5, "dedupUnitBytes": 5000, "numa": "uma"}
                        """), "/workload");

        assertThat(violations)
                .extracting(Violation::pointer)
                .containsExactly(
                        "/workload/threads",
                        "/workload/totalBytes",
                        "/workload/compressRatio",
                        "/workload/dedupUnitBytes",
                        "/workload/numa");
    }

    @Test
    void refusesFieldsItDoesNotHave() {
        assertThat(entry.check(tree("{\"chunkSize\": 1}"), "/workload"))
                .extracting(Violation::pointer)
                .containsExactly("/workload/chunkSize");
    }

    @Test
    void fillsInEveryDefault() {
        var bound = entry.bind(tree("{\"totalBytes\": 1000, \"streams\": 3}"), MACHINE);

        assertThat(bound.tree())
                .containsEntry("chunkBytes", 333L)
                .containsEntry("threads", 6L)
                .containsEntry("compressUnitBytes", 4096L)
                .containsEntry("dedupUnitBytes", 1048576L)
                .containsEntry("workingSetBytes", null)
                .containsEntry("seed", 42L);
        assertThat(entry.workload(bound.tree())).isEqualTo(bound.workload());
        assertThat(entry.bind(tree("{\"layout\": \"DGEN\", \"algorithm\": \"XOSHIRO\"}"), MACHINE)
                        .tree())
                .containsEntry("compressUnitBytes", 1048576L);
    }

    @Test
    void bindsItsExample() {
        var bound = entry.bind(Map.copyOf(entry.engine().example()), MACHINE);
        var found = new Contradictions();
        entry.engine().contradictions(bound.workload(), bound.given(), found);

        assertThat(entry.check(entry.engine().example(), "")).isEmpty();
        assertThat(found.found()).isEmpty();
    }

    @Test
    void contradictsTheReferenceLayoutAlone() {
        var bound = entry.bind(tree("{\"layout\": \"DGEN\"}"), MACHINE);
        var found = new Contradictions();
        entry.engine().contradictions(bound.workload(), bound.given(), found);

        assertThat(found.found())
                .extracting(Contradictions.Contradiction::message)
                .containsExactly("layout DGEN needs algorithm XOSHIRO, not COUNTER");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> tree(String json) {
        return (Map<String, @Nullable Object>) StrictJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
