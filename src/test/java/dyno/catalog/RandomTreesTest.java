package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.catalog.BakeryWorkload.Mode;
import dyno.web.Violation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trees out of a seeded generator that knows, while it makes them, where they are wrong.
class RandomTreesTest {

    private static final int ROUNDS = 5_000;

    private final EngineEntry<BakeryWorkload> bakery = EngineEntry.of(new BakeryEngine());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsExactlyTheFaultsThatWereMade(long seed) {
        var random = new Random(seed);
        int right = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var maker = new Maker(random);
            var tree = maker.bakery();

            var violations = bakery.check(tree, "/workload");

            assertThat(violations).extracting(Violation::pointer).containsExactlyInAnyOrderElementsOf(maker.wrong);
            if (violations.isEmpty()) {
                right++;
                bindsToWhatWasGiven(tree);
            }
        }
        assertThat(right).isBetween(ROUNDS / 100, ROUNDS - 1);
    }

    private void bindsToWhatWasGiven(Map<String, @Nullable Object> tree) {
        tree.putIfAbsent("loaves", 5L);
        if (tree.get("loaves") == null) {
            tree.put("loaves", 5L);
        }
        var bound = bakery.bind(tree, BakeryEngine.MACHINE);
        var workload = bound.workload();

        assertThat(workload.loaves()).isEqualTo(tree.get("loaves"));
        assertThat(workload.sliceBytes())
                .isEqualTo(number(tree.get("sliceBytes"), 4096).intValue());
        assertThat(workload.hydration())
                .isEqualTo(number(tree.get("hydration"), 0.7).doubleValue());
        assertThat(workload.ovens()).isEqualTo(number(tree.get("ovens"), 6).intValue());
        assertThat(workload.mode())
                .isEqualTo(tree.get("mode") == null ? Mode.DIRECT : Mode.valueOf("" + tree.get("mode")));
        assertThat(workload.flourBytes()).isEqualTo(tree.get("flourBytes"));
        assertThat(workload.additions())
                .isEqualTo(tree.get("additions") == null ? List.of("salt", "yeast") : tree.get("additions"));
        assertThat(workload.prices()).hasSize(tree.get("prices") instanceof List<?> prices ? prices.size() : 0);
        assertThat(bakery.check(bound.tree(), "")).isEmpty();
        assertThat(bakery.bind(bound.tree(), BakeryEngine.MACHINE).workload()).isEqualTo(workload);
    }

    private static Number number(@Nullable Object given, Number otherwise) {
        return given instanceof Number number ? number : otherwise;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void throwsNothingForTreesOfAnyKind(long seed) {
        var random = new Random(seed);
        var paths =
                List.of("loaves", "input", "input.mixer.turns", "prices", "modes", "", ".", "a..b", "input.", "\u0000");
        for (int round = 0; round < ROUNDS; round++) {
            var tree = anything(random, 4);

            assertThat(bakery.check(tree, "/w"))
                    .allSatisfy(v -> assertThat(v.message()).hasSizeLessThan(400));
            var path = paths.get(random.nextInt(paths.size()));
            assertThat(bakery.checkValue(path, tree, "/m")).doesNotContainNull();
        }
    }

    private static @Nullable Object anything(Random random, int depth) {
        var names = List.of(
                "loaves", "sliceBytes", "mode", "input", "mixer", "turns", "prices", "amount", "modes", "a/b", "");
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> new BigInteger(200, random);
            case 4 -> random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : random.nextGaussian();
            case 5 -> "\ud800\u0000\u202e".repeat(random.nextInt(50));
            case 6 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    list.add(anything(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(names.get(random.nextInt(names.size())), anything(random, depth - 1));
                }
                yield map;
            }
        };
    }

    /// Makes one tree; about every twentieth value is wrong.
    private static final class Maker {

        private final Random random;
        private final TreeSet<String> wrong = new TreeSet<>();

        Maker(Random random) {
            this.random = random;
        }

        Map<String, @Nullable Object> bakery() {
            var tree = new LinkedHashMap<String, @Nullable Object>();
            put(tree, "/workload/loaves", 1 + random.nextLong(1_000_000), 0L, 1_000_001L, "1", 1.0);
            put(tree, "/workload/sliceBytes", 1L << random.nextInt(9, 31), 513L, 256L, 1L << 31, List.of());
            put(tree, "/workload/ovens", random.nextLong(1, 65), 65L, BigInteger.TEN.pow(30), true);
            put(tree, "/workload/hydration", random.nextDouble(0.5, 2), 0.49, 2.01, Double.NaN, "0.7");
            put(tree, "/workload/sell", random.nextBoolean(), 0L, "true", Map.of());
            put(tree, "/workload/mode", random.nextBoolean() ? "DIRECT" : "LEGACY", "", "Direct", 1L);
            put(tree, "/workload/shop", "abc", "", "abcdefghi", "ABC", 3L);
            put(tree, "/workload/seed", random.nextLong(), BigInteger.TWO.pow(64), 1e3);
            put(tree, "/workload/flourBytes", random.nextLong(), "all", false);
            put(tree, "/workload/additions", List.of("salt"), "salt", List.of("a", "b", "c", "d"));
            put(tree, "/workload/input", Map.of("celsius", 3L), 7L, List.of());
            if (random.nextInt(4) == 0) {
                tree.put("prices", prices());
            }
            if (random.nextInt(60) == 0) {
                tree.put("oven", 3L);
                wrong.add("/workload/oven");
            }
            return tree;
        }

        private List<Map<String, @Nullable Object>> prices() {
            var prices = new ArrayList<Map<String, @Nullable Object>>();
            for (int i = 0; i < random.nextInt(3); i++) {
                var price = new LinkedHashMap<String, @Nullable Object>();
                price.put("amount", 1.5);
                put(price, "/workload/prices/" + prices.size() + "/kind", "list", 5L, List.of());
                prices.add(price);
            }
            return prices;
        }

        private void put(Map<String, @Nullable Object> tree, String pointer, Object valid, Object... invalid) {
            var name = pointer.substring(pointer.lastIndexOf('/') + 1);
            switch (random.nextInt(20)) {
                case 0 -> {
                    tree.put(name, invalid[random.nextInt(invalid.length)]);
                    wrong.add(pointer);
                }
                case 1 -> tree.put(name, null);
                case 2, 3, 4, 5, 6 -> tree.remove(name);
                default -> tree.put(name, valid);
            }
        }
    }
}
