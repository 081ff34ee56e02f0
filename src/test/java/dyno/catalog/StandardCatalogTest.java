package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dyno.engine.Contradictions;
import dyno.engine.Machine;
import dyno.engine.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every engine that Dyno ships has to keep, on machines small and large.
class StandardCatalogTest {

    private static final List<Machine> MACHINES = List.of(
            new Machine(1, OptionalInt.empty(), 1L << 30, OptionalLong.empty(), OptionalLong.empty()),
            new Machine(2, OptionalInt.of(1), 1L << 33, OptionalLong.of(1 << 20), OptionalLong.of(32 << 20)),
            new Machine(1_024, OptionalInt.of(512), 1L << 42, OptionalLong.of(1 << 21), OptionalLong.of(1L << 30)));

    static Stream<EngineEntry<?>> engines() {
        return EngineCatalog.standard().entries().stream();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void bindsEveryExampleWithoutContradiction(EngineEntry<?> entry) {
        var example = new HashMap<String, @Nullable Object>(entry.engine().example());

        assertThat(entry.check(example, "")).isEmpty();
        for (var machine : MACHINES) {
            var bound = entry.bind(example, machine);

            assertThat(contradictions(bound).found()).isEmpty();
            assertThat(entry.check(bound.tree(), "")).isEmpty();
            assertThat(entry.workload(bound.tree())).isEqualTo(bound.workload());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void promisesAndComputesTheSameDefaults(EngineEntry<?> entry) {
        var shown = entry.withDefaults(new HashMap<>(entry.engine().example()), MACHINES.getFirst());

        assertThat(shown.keySet())
                .containsExactlyElementsOf(
                        entry.fields().stream().map(FieldDescriptor::name).toList());
    }

    @Test
    void refusesTwoEnginesOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineCatalog(List.of(new BakeryEngine(), new BakeryEngine())))
                .withMessage("Two engines are called bakery");
    }

    private static <W extends Workload> Contradictions contradictions(BoundWorkload<W> bound) {
        var found = new Contradictions();
        bound.entry().engine().contradictions(bound.workload(), bound.given(), found);
        return found;
    }
}
