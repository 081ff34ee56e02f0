package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextMapTest {

    private static final int THREADS = 4;

    private final Random random = new Random(5);
    private final List<byte[]> texts = IntStream.range(0, 5_000)
            .mapToObj(number -> {
                // Of any length, and no two the same.
                var text = new byte[4 + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 60)];
                random.nextBytes(text);
                for (int i = 0; i < 4; i++) {
                    text[i] = (byte) (number >> 8 * i);
                }
                return text;
            })
            .toList();

    @Test
    void givesATextOneValueWhoeverAsksAndAnotherOneAfterClearing() throws Exception {
        var map = new TextMap(Long.MAX_VALUE);
        for (int round = 0; round < 30; round++) {
            map.clear();
            var made = new AtomicInteger(round * texts.size());

            var found = askBesideEachOther(map, (block, from, length) -> made.getAndIncrement());

            assertThat(map.additions()).isEqualTo(texts.size());
            int first = round * texts.size();
            assertThat(found.getFirst())
                    .containsExactlyInAnyOrder(
                            IntStream.range(first, first + texts.size()).toArray());
            assertThat(found).allMatch(values -> Arrays.equals(values, found.getFirst()));
        }
    }

    @Test
    void givesWhatTheTextSaysHoweverOftenItIsDropped() throws Exception {
        // Room for some of the texts.
        var map = new TextMap(1L << 17);
        for (int round = 0; round < 5; round++) {
            map.clear();

            var found = askBesideEachOther(map, TextMapTest::sum);

            assertThat(map.additions()).isGreaterThan(texts.size());
            for (int i = 0; i < texts.size(); i++) {
                int expected = sum(texts.get(i), 0, texts.get(i).length);
                for (var values : found) {
                    assertThat(values[i]).isEqualTo(expected);
                }
            }
        }
    }

    private static int sum(byte[] block, int from, int length) {
        return Arrays.hashCode(Arrays.copyOfRange(block, from, from + length));
    }

    /// Each thread asks for all texts twice, in an order of its own.
    ///
    /// @return of each thread, the values by text
    private List<int[]> askBesideEachOther(TextMap map, TextMap.Maker maker) throws Exception {
        var asks = new ArrayList<Callable<int[]>>();
        for (int thread = 0; thread < THREADS; thread++) {
            var order = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
            // Half of them follow each other's guesses, the others have none that holds.
            if (thread % 2 == 1) {
                Collections.shuffle(order, random);
            }
            asks.add(() -> ask(map, maker, order));
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var found = new ArrayList<int[]>();
            for (var answer : threads.invokeAll(asks)) {
                found.add(answer.get());
            }
            return found;
        }
    }

    private int[] ask(TextMap map, TextMap.Maker maker, List<Integer> order) {
        var cursor = map.cursor();
        var values = new int[texts.size()];
        for (int pass = 0; pass < 2; pass++) {
            for (int i : order) {
                var text = texts.get(i);
                int value = cursor.valueOf(text, 0, text.length, maker);
                assertThat(pass == 0 || value == values[i]).isTrue();
                values[i] = value;
            }
        }
        return values;
    }
}
