package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dyno.catalog.BakeryWorkload.Mixer;
import dyno.catalog.BakeryWorkload.Mode;
import dyno.catalog.BakeryWorkload.Price;
import dyno.catalog.BakeryWorkload.Source;
import dyno.engine.Metrics;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineEntryBindTest {

    private final EngineEntry<BakeryWorkload> bakery = EngineEntry.of(new BakeryEngine());

    @Test
    void fillsInFixedAndComputedDefaults() {
        var bound = bakery.bind(BakeryEngine.smallest(), BakeryEngine.MACHINE);

        assertThat(bound.workload())
                .isEqualTo(new BakeryWorkload(
                        3,
                        4096,
                        6,
                        0.7,
                        true,
                        Mode.DIRECT,
                        "corner",
                        42,
                        null,
                        null,
                        List.of("salt", "yeast"),
                        List.of(),
                        List.of(),
                        new Source(null, null, 21)));
        assertThat(bound.entry()).isSameAs(bakery);
    }

    @Test
    void showsTheCompleteTreeInTheOrderOfTheRecord() {
        var tree = bakery.bind(BakeryEngine.smallest(), BakeryEngine.MACHINE).tree();

        assertThat(tree.keySet())
                .containsExactly(
                        "loaves",
                        "sliceBytes",
                        "ovens",
                        "hydration",
                        "sell",
                        "mode",
                        "shop",
                        "seed",
                        "flourBytes",
                        "forced",
                        "additions",
                        "modes",
                        "prices",
                        "input");
        assertThat(tree)
                .containsEntry("ovens", 6L)
                .containsEntry("hydration", 0.7)
                .containsEntry("flourBytes", null);
        assertThat(tree.get("mode")).isEqualTo("DIRECT");
        assertThat(tree.get("input")).hasToString("{mixer=null, frozen=null, celsius=21}");
    }

    @Test
    void prefersWhatWasGiven() {
        var given = BakeryEngine.smallest();
        given.put("ovens", 2L);
        given.put("hydration", 1L);
        given.put("mode", "LEGACY");
        given.put("flourBytes", 9L);
        given.put("prices", List.of(Map.of("amount", 2.5)));
        given.put("modes", List.of("LEGACY"));
        given.put("input", Map.of("mixer", Map.of("turns", 90L), "frozen", "pizza"));

        var workload = bakery.bind(given, BakeryEngine.MACHINE).workload();

        assertThat(workload.ovens()).isEqualTo(2);
        assertThat(workload.hydration()).isEqualTo(1.0);
        assertThat(workload.mode()).isEqualTo(Mode.LEGACY);
        assertThat(workload.flourBytes()).isEqualTo(9);
        assertThat(workload.prices()).containsExactly(new Price(2.5, "list"));
        assertThat(workload.modes()).containsExactly(Mode.LEGACY);
        assertThat(workload.input()).isEqualTo(new Source(new Mixer(90, 2), "pizza", 21));
    }

    @Test
    void takesNullForAbsent() {
        var given = BakeryEngine.smallest();
        given.put("sliceBytes", null);
        given.put("input", null);

        var bound = bakery.bind(given, BakeryEngine.MACHINE);

        assertThat(bound.workload().sliceBytes()).isEqualTo(4096);
        assertThat(bound.given().has("sliceBytes")).isFalse();
    }

    @Test
    void listsRequiredFieldsThatAreMissing() {
        var given = new HashMap<String, @Nullable Object>();
        given.put("prices", List.of(Map.of()));
        given.put("input", Map.of("mixer", Map.of()));

        assertThatExceptionOfType(IncompleteWorkloadException.class)
                .isThrownBy(() -> bakery.bind(given, BakeryEngine.MACHINE))
                .satisfies(
                        e -> assertThat(e.paths()).containsExactly("loaves", "prices[0].amount", "input.mixer.turns"));
    }

    @Test
    void rejectsATreeThatWasNotChecked() {
        var given = BakeryEngine.smallest();
        given.put("ovens", "many");

        assertThatIllegalArgumentException().isThrownBy(() -> bakery.bind(given, BakeryEngine.MACHINE));
    }

    @Test
    void tellsEnginesWhatWasGiven() {
        var tree = BakeryEngine.smallest();
        tree.put("input", Map.of("mixer", Map.of("turns", 90L)));
        tree.put("hydration", 1L);

        var given = bakery.bind(tree, BakeryEngine.MACHINE).given();

        assertThat(given.has("input.mixer.turns")).isTrue();
        assertThat(given.has("input")).isTrue();
        assertThat(given.has("input.frozen")).isFalse();
        assertThat(given.has("sliceBytes")).isFalse();
        assertThat(given.integer("input.mixer.turns")).isEqualTo(90);
        assertThat(given.integer("sliceBytes")).isEqualTo(4096);
        assertThat(given.number("hydration")).isEqualTo(1.0);
        assertThat(given.number("sliceBytes")).isEqualTo(4096.0);
        assertThat(given.text("mode")).isEqualTo("DIRECT");
        assertThatIllegalArgumentException().isThrownBy(() -> given.integer("ovens"));
        assertThatIllegalArgumentException().isThrownBy(() -> given.integer("mode"));
        assertThatIllegalArgumentException().isThrownBy(() -> given.text("seed"));
        assertThatIllegalArgumentException().isThrownBy(() -> given.has("sliceByte"));
    }

    @Test
    void showsDefaultsOfAnIncompleteSubmission() {
        var shown = bakery.withDefaults(Map.of("mode", "LEGACY"), BakeryEngine.MACHINE);

        assertThat(shown)
                .containsEntry("mode", "LEGACY")
                .containsEntry("seed", 42L)
                .doesNotContainKeys("loaves", "ovens");
        assertThat(bakery.withDefaults(BakeryEngine.smallest(), BakeryEngine.MACHINE))
                .isEqualTo(bakery.bind(BakeryEngine.smallest(), BakeryEngine.MACHINE)
                        .tree());
    }

    @Test
    void makesTheSameRecordInAnotherJvm() {
        var given = BakeryEngine.smallest();
        given.put("prices", List.of(Map.of("amount", 2.5)));
        given.put("input", Map.of("mixer", Map.of("turns", 90L)));
        var bound = bakery.bind(given, BakeryEngine.MACHINE);
        var stored = new LinkedHashMap<>(bound.tree());
        stored.put("hydration", BigInteger.ONE);

        assertThat(bakery.workload(bound.tree())).isEqualTo(bound.workload());
        assertThat(bakery.workload(stored).hydration()).isEqualTo(1.0);
        stored.remove("seed");
        assertThatIllegalArgumentException().isThrownBy(() -> bakery.workload(stored));
    }

    @Test
    void letsTheEngineRelateCases() {
        var tree = bakery.bind(BakeryEngine.smallest(), BakeryEngine.MACHINE).tree();
        var first = new EngineEntry.Related("a", tree, 1.0, null, new Metrics());
        var second = new EngineEntry.Related("b", tree, null, null, new Metrics());

        bakery.relate(List.of(first, second));

        assertThat(first.metrics().values()).containsEntry("loavesOfAll", 6L);
        assertThat(second.metrics().values()).containsEntry("loavesOfAll", 6L);
    }
}
