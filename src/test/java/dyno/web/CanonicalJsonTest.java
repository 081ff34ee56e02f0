package dyno.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @Test
    void sortsKeysAndDropsBlanks() {
        assertThat(canonical("{ \"b\" : [ 2, {\"d\":null, \"c\":true} ],\n\"a\" : 1.50 }"))
                .isEqualTo("{\"a\":1.5,\"b\":[2,{\"c\":true,\"d\":null}]}");
    }

    @Test
    void keepsIntegersAndFractionsApart() {
        assertThat(canonical("[1]")).isNotEqualTo(canonical("[1.0]"));
        assertThat(canonical("[10.0]")).isEqualTo(canonical("[1e1]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\u0000\\\"\\\\/\\n\"", "\"\\ud800x\"", "\"\\udc00\"", "\"\uD83D\uDE00\"", "1e999"})
    void writesTextThatReadsBackAsItself(String json) {
        var canonical = canonical(json);

        assertThat(new String(canonical.getBytes(UTF_8), UTF_8)).isEqualTo(canonical);
        assertThat(canonical(canonical)).isEqualTo(canonical);
    }

    @Test
    void doesNotDependOnTheOrderOfKeys() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var tree = tree(random, 4);

            assertThat(CanonicalJson.of(shuffled(tree, random))).isEqualTo(CanonicalJson.of(tree));
            assertThat(StrictJson.parse(CanonicalJson.of(tree).getBytes(UTF_8))).isEqualTo(tree);
        }
    }

    private static @Nullable Object tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> random.nextDouble() * 1e20;
            case 4 -> text(random);
            case 5 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(tree(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), tree(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(6), 0, 0xD7FF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static @Nullable Object shuffled(@Nullable Object tree, Random random) {
        if (tree instanceof List<?> list) {
            return list.stream()
                    .map(element -> shuffled(element, random))
                    .collect(ArrayList::new, List::add, List::addAll);
        }
        if (tree instanceof Map<?, ?> map) {
            var keys = new ArrayList<Object>(map.keySet());
            Collections.shuffle(keys, random);
            var shuffled = new LinkedHashMap<Object, @Nullable Object>();
            keys.forEach(key -> shuffled.put(key, shuffled(map.get(key), random)));
            return shuffled;
        }
        return tree;
    }

    private static String canonical(String json) {
        return CanonicalJson.of(StrictJson.parse(json.getBytes(UTF_8)));
    }
}
