package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Cancellation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortingTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 24, 25, 26, 390, 5_000})
    void sortsTimesAsAStableSortDoes(int count) {
        var random = new Random(count);
        var sort = new TimeSort();
        for (int spread : new int[] {1, 3, 1_000_000}) {
            long[] times = random.longs(count + 7L, -spread, spread).toArray();
            int[] rows = IntStream.range(0, count + 7).toArray();
            int[] expected = IntStream.concat(
                            IntStream.range(0, 5),
                            IntStream.range(5, count + 5)
                                    .boxed()
                                    .sorted(Comparator.comparingLong(row -> times[row]))
                                    .mapToInt(row -> row))
                    .toArray();

            sort.sort(rows, 5, count + 5, times);

            assertThat(Arrays.copyOf(rows, count + 5)).isEqualTo(expected);
        }
    }

    @Test
    void leavesTimesAloneThatAscend() {
        long[] times = {3, 3, 5, 9};
        int[] rows = {0, 1, 2, 3};

        assertThat(new TimeSort().sort(rows, 0, 4, times)).isFalse();
        assertThat(rows).containsExactly(0, 1, 2, 3);
    }

    @Test
    void numbersTextsAsTheyFirstCome() {
        var random = new Random(4);
        var table = new AddressTable();
        var plain = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < 40_000; i++) {
            var text = i % 1000 == 0 ? "" : "t" + random.nextInt(9_000) + "é".repeat(random.nextInt(3));
            byte[] bytes = text.getBytes(UTF_8);
            int expected = plain.computeIfAbsent(text, key -> plain.size());
            assertThat(table.intern(bytes, 0, bytes.length)).isEqualTo(expected);
        }
        assertThat(table.size()).isEqualTo(plain.size());
        table.clear();
        assertThat(table.intern(new byte[] {1}, 0, 1)).isZero();
    }

    @Test
    void ordersAddressesByTheirBytesUnsigned() {
        var random = new Random(5);
        var table = new AddressTable();
        for (int i = 0; i < 3_000; i++) {
            byte[] text = new byte[random.nextInt(14)];
            for (int k = 0; k < text.length; k++) {
                text[k] = (byte) (random.nextInt(4) - 2);
            }
            table.intern(text, 0, text.length);
        }
        var addresses = table.addresses();
        int[] codes = IntStream.range(0, table.size()).toArray();
        AddressOrder.sort(codes, codes.length, addresses);

        for (int i = 1; i < codes.length; i++) {
            assertThat(Arrays.compareUnsigned(text(addresses, codes[i - 1]), text(addresses, codes[i])))
                    .isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void groupsRowsWhateverTheNumberOfWorkers(int workers) throws Exception {
        var random = new Random(6);
        var table = new AddressTable();
        for (int i = 0; i < 300; i++) {
            byte[] text = ("a" + i).getBytes(UTF_8);
            table.intern(text, 0, text.length);
        }
        int[] sources = IntStream.range(0, 9_000)
                .map(row -> random.nextInt(300) - 1)
                .map(code -> code == 77 ? -1 : code)
                .toArray();

        CountingSort.Result result;
        try (var stage = new Stage(workers, Cancellation.NONE)) {
            result = CountingSort.sort(sources, sources.length, table.addresses(), table.size(), stage);
        }

        // 299 never comes, 77 was dropped.
        assertThat(result.codes()).hasSize(298).doesNotContain(77, 299);
        assertThat(result.starts()[298]).isEqualTo(result.order().length);
        for (int rank = 0; rank < 298; rank++) {
            int code = result.codes()[rank];
            assertThat(Arrays.copyOfRange(result.order(), result.starts()[rank], result.starts()[rank + 1]))
                    .isEqualTo(IntStream.range(0, sources.length)
                            .filter(row -> sources[row] == code)
                            .toArray());
        }
    }

    private static byte[] text(Addresses addresses, int code) {
        return Arrays.copyOfRange(
                addresses.bytes(), addresses.offsets()[code], addresses.offsets()[code + 1]);
    }
}
