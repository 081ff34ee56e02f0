package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.web.Violation;
import dyno.web.Violation.Kind;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineEntryCheckTest {

    private final EngineEntry<BakeryWorkload> bakery = EngineEntry.of(new BakeryEngine());

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("sliceBytes", 100L, "sliceBytes 100 is below 512; allowed are 512 to 1073741824"),
                Arguments.of("loaves", 1000001L, "loaves 1000001 is above 1000000; allowed are 1 to 1000000"),
                Arguments.of(
                        "sliceBytes", 5000L, "sliceBytes 5000 is not a power of two; allowed are 512 to 1073741824"),
                Arguments.of("ovens", "5", "ovens \"5\" is not an integer"),
                Arguments.of("ovens", 1.0, "ovens 1.0 is not an integer"),
                Arguments.of("ovens", List.of(1L), "ovens [...] is not an integer"),
                Arguments.of("ovens", Map.of(), "ovens {} is not an integer"),
                Arguments.of(
                        "seed",
                        BigInteger.TWO.pow(63),
                        "seed 9223372036854775808 is above 9223372036854775807;"
                                + " allowed are -9223372036854775808 to 9223372036854775807"),
                Arguments.of(
                        "loaves",
                        BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE),
                        "loaves -9223372036854775809 is below 1; allowed are 1 to 1000000"),
                Arguments.of("hydration", 0.4, "hydration 0.4 is below 0.5; allowed are 0.5 to 2"),
                Arguments.of("hydration", 3L, "hydration 3 is above 2; allowed are 0.5 to 2"),
                Arguments.of(
                        "hydration", Double.POSITIVE_INFINITY, "hydration Infinity is not a finite number of 64 bits"),
                Arguments.of("hydration", "1", "hydration \"1\" is not a number"),
                Arguments.of("sell", "true", "sell \"true\" is neither true nor false"),
                Arguments.of("mode", "direct", "mode \"direct\" is none of DIRECT, LEGACY"),
                Arguments.of("mode", 0L, "mode 0 is none of DIRECT, LEGACY"),
                Arguments.of("shop", "", "shop \"\" has 0 characters; allowed are 1 to 8"),
                Arguments.of("shop", "Corner", "shop \"Corner\" does not match [a-z]+"),
                Arguments.of("shop", true, "shop true is not a string"),
                Arguments.of("additions", "salt", "additions \"salt\" is not a list"),
                Arguments.of("additions", List.of("a", "b", "c", "d"), "additions has 4 elements; allowed are 0 to 3"),
                Arguments.of("input", "here", "input \"here\" is not an object"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesFieldValueAndBound(String field, Object value, String message) {
        assertThat(bakery.check(Map.of(field, value), "/workload"))
                .containsExactly(new Violation("/workload/" + field, message));
        assertThat(bakery.checkValue(field, value, "/matrix/x/3"))
                .containsExactly(new Violation("/matrix/x/3", message));
    }

    @Test
    void acceptsEveryFieldAtItsBounds() {
        var tree = new HashMap<String, @Nullable Object>(Map.of(
                "loaves",
                1L,
                "sliceBytes",
                1073741824L,
                "ovens",
                64L,
                "hydration",
                2L,
                "sell",
                false,
                "mode",
                "LEGACY",
                "shop",
                "abcdefgh",
                "seed",
                Long.MIN_VALUE,
                "additions",
                List.of(),
                "prices",
                List.of(Map.of("amount", 0L))));
        tree.put("input", Map.of("mixer", Map.of("turns", 2147483647L)));
        tree.put("flourBytes", null);

        assertThat(bakery.check(tree, "/workload")).isEmpty();
    }

    @Test
    void takesAMissingTreeForAnEmptyOne() {
        assertThat(bakery.check(null, "/workload")).isEmpty();
    }

    @Test
    void rejectsATreeThatIsNoObject() {
        assertThat(bakery.check(List.of(), "/variants/0/workload"))
                .containsExactly(new Violation("/variants/0/workload", "a workload is an object"));
    }

    @Test
    void listsEveryViolationInTheOrderOfTheTree() {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("ovens", 0L);
        tree.put("slicebytes", 512L);
        tree.put("loaves", null);
        tree.put("shop", 7L);

        assertThat(bakery.check(tree, "/workload"))
                .extracting(Violation::pointer)
                .containsExactly("/workload/ovens", "/workload/slicebytes", "/workload/shop");
    }

    @Test
    void suggestsTheFieldThatWasMeant() {
        assertThat(bakery.check(Map.of("slicebyte", 512L), "/workload"))
                .containsExactly(new Violation(
                        "/workload/slicebyte",
                        "unknown field slicebyte; did you mean sliceBytes?",
                        Kind.UNKNOWN_FIELD));
        assertThat(bakery.check(Map.of("zeppelin", 512L), "/workload"))
                .containsExactly(new Violation("/workload/zeppelin", "unknown field zeppelin", Kind.UNKNOWN_FIELD));
    }

    @Test
    void escapesPointersAndShortensNames() {
        var name = "a/b~c\n" + "x".repeat(100);

        var violation = bakery.check(Map.of(name, 1L), "/workload").getFirst();

        assertThat(violation.pointer()).startsWith("/workload/a~1b~0c\nxxx");
        assertThat(violation.message())
                .startsWith("unknown field a/b~c\\u000ax")
                .endsWith("...")
                .hasSizeLessThan(80);
    }

    @Test
    void looksIntoNestedObjectsAndLists() {
        var tree = Map.of(
                "input", Map.of("mixer", Map.of("turns", 0L, "bowl", 1L)),
                "prices", List.of(Map.of("amount", 1.5), Map.of("amount", -1L)),
                "modes", Arrays.asList("DIRECT", null));

        assertThat(bakery.check(tree, "/w"))
                .extracting(v -> v.pointer() + ": " + v.message())
                .containsExactlyInAnyOrder(
                        "/w/input/mixer/turns: input.mixer.turns 0 is below 1; allowed are 1 to 2147483647",
                        "/w/input/mixer/bowl: unknown field bowl; did you mean bowls?",
                        "/w/prices/1/amount: prices[1].amount -1 is below 0; allowed are 0 and more",
                        "/w/modes/1: modes[1] null is none of DIRECT, LEGACY");
    }

    @Test
    void checksMatrixValuesByDottedPath() {
        assertThat(bakery.hasField("input.mixer.turns")).isTrue();
        assertThat(bakery.hasField("input.mixer")).isTrue();
        assertThat(bakery.hasField("input.turns")).isFalse();
        assertThat(bakery.hasField("")).isFalse();
        assertThat(bakery.hasField("loaves.x")).isFalse();
        assertThat(bakery.checkValue("input.mixer.turns", 3L, "/matrix/p/0")).isEmpty();
        assertThat(bakery.checkValue("input.mixer", Map.of("turns", 0L), "/matrix/p/0"))
                .containsExactly(new Violation(
                        "/matrix/p/0/turns", "input.mixer.turns 0 is below 1; allowed are 1 to 2147483647"));
        assertThat(bakery.checkValue("input.mixer.turn", 3L, "/matrix/p/0"))
                .containsExactly(new Violation(
                        "/matrix/p/0",
                        "unknown field input.mixer.turn; did you mean input.mixer.turns?",
                        Kind.UNKNOWN_FIELD));
    }

    @Test
    void takesNullInAMatrixForNullableFieldsOnly() {
        assertThat(bakery.checkValue("flourBytes", null, "/matrix/flourBytes/0"))
                .isEmpty();
        assertThat(bakery.checkValue("ovens", null, "/matrix/ovens/0"))
                .containsExactly(new Violation("/matrix/ovens/0", "ovens null is not an integer"));
    }
}
