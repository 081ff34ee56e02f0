package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class CostCategoriesTest {

    @Test
    void matchesAsLikeDoes() {
        var random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            var like = text(random, "ab%_\uD83D\uDE00", 8);
            var namespace = text(random, "ab\uD83D\uDE00", 8);

            assertThat(CostCategories.isLike(points(namespace), points(like)))
                    .as("'%s' LIKE '%s'", namespace, like)
                    .isEqualTo(plain(namespace, like));
        }
    }

    /// A regular expression that goes back to each of its stars takes longer than anybody waits.
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void doesNotGoBackToEarlierPercentSigns() {
        var categories = new CostCategories(List.of(new CostCategory("%a".repeat(100) + "%b", 1)));

        assertThat(categories.of("a".repeat(253))).isEqualTo(Micros.NULL);
        assertThat(categories.of("a".repeat(252) + "b")).isOne();
    }

    private static boolean plain(String namespace, String like) {
        var regex = new StringBuilder();
        like.codePoints().forEach(c -> {
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(namespace)
                .matches();
    }

    private static String text(Random random, String letters, int most) {
        int[] points = points(letters);
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static int[] points(String text) {
        return text.codePoints().toArray();
    }
}
