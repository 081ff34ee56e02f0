package dyno.engine.aggregation;

import dyno.engine.aggregation.PlainAggregation.LabelRow;
import dyno.engine.aggregation.PlainAggregation.PodRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Rows with everything that can be wrong with them, by a seed.
final class RandomRows {

    static final List<String> KEYS = List.of("app", "tier", "environment", "é\uD83D\uDE00", "\uFFFDz", "a\"b");
    private static final Instant START = Instant.parse("2025-10-30T20:00:00Z");
    private static final @Nullable String[] NODES = {"n1", "n2", "n3", "", null};
    private static final @Nullable String[] NAMESPACES = {"s1", "s2", "a\tb\\c", "", null};
    private static final @Nullable String[] RESOURCES = {"i-1", "i-2", null};
    private static final @Nullable String[] TEXTS = {
        null,
        "",
        "  ",
        "null",
        "{}",
        "{ }",
        "{\"app\":\"web\",\"tier\":\"db\"}",
        " {\"tier\":\"db\" , \"app\":\"web\"} ",
        "label_app:web|label_tier:db",
        "label_tier: db | label_app :web|",
        "{\"app\":\"a|b:c\"}",
        "{\"app\":\"broken",
        "{\"app\":1,\"tier\":[1, {\"x\" : null}],\"environment\":null}",
        "{\"app\":\"x\",\"app\":\"y\"}",
        "{\"app\":\"\\u0041\\n\\\"\\\\/\\/\"}",
        "{\"app\":\"\\ud83d\\ude00\"}",
        "{\"app\":\"\\ud83d\"}",
        "{\"app\":\"\\u0000\"}",
        "{\"a\\\"b\":\"quoted key\"}",
        "{\"é\uD83D\uDE00\":\"1\",\"\uFFFDz\":\"2\"}",
        "{\"other\":\"1\"}",
        "{\"label_app\":\"kept as it is\"}",
        "label_label_app:x",
        "app:1|app:2",
        "no piece at all",
        ":no key",
        "{\"app\":\"x\"} trailing",
        "{\"app\":01}",
        "{\"app\":-0.5e+10,\"tier\":true}",
        "[1]",
        "{\"app\":\"x\",}",
        "{app:\"x\"}",
        "environment:a:b:c"
    };

    private final RandomGenerator random;

    RandomRows(RandomGenerator random) {
        this.random = random;
    }

    List<PodRow> pods(int count) {
        var rows = new ArrayList<PodRow>();
        for (int i = 0; i < count; i++) {
            var values = new @Nullable Double[12];
            for (int v = 0; v < values.length; v++) {
                boolean isOptional = v == 2 || v == 6 || v == 8 || v == 10;
                values[v] = random.nextInt(10) < (isOptional ? 7 : 1) ? null : value(v);
            }
            rows.add(new PodRow(
                    START.plusSeconds(3600L * random.nextInt(9)),
                    pick(NAMESPACES),
                    pick(NODES),
                    pick(RESOURCES),
                    pick(TEXTS),
                    values));
        }
        return rows;
    }

    List<LabelRow> labels(String first, String second, int count) {
        var rows = new ArrayList<LabelRow>();
        for (int i = 0; i < count; i++) {
            rows.add(new LabelRow(
                    START.plusSeconds(3600L * random.nextInt(9)), random.nextBoolean() ? first : second, pick(TEXTS)));
        }
        return rows;
    }

    private double value(int index) {
        boolean isCpu = index < 4 || index == 8 || index == 9;
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextInt(6) == 0 ? Double.POSITIVE_INFINITY : 0;
            case 2 -> random.nextInt(6) == 0 ? -2e18 : -1;
            // A number of cores of 19 digits would be refused, rightly.
            case 3 -> index == 8 ? 1e17 : 1e18;
            case 4 -> 0x1p-31 * random.nextInt(8);
            case 5 -> 1e14 * random.nextDouble();
            case 6 -> -0.0;
            case 7 -> 1 / 3.0 * random.nextInt(1_000_000);
            default -> isCpu ? random.nextInt(400_000) / 16.0 : 3600.0 * random.nextInt(1 << 30);
        };
    }

    private <T> @Nullable T pick(@Nullable T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
