package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.grouping.Draws.Permutation;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeMeasurementsTest {

    private final MadeMeasurements rows = new MadeMeasurements(Grouper.DEFAULT);

    @Test
    void spreadsTheDefaultRowsOverProbesAsSpecified() {
        long[] counts =
                IntStream.range(0, 18_928).mapToLong(rows::rowsOf).sorted().toArray();

        assertThat(LongStream.of(counts).sum()).isEqualTo(500_028);
        assertThat(counts[0]).isEqualTo(2);
        assertThat(counts[counts.length - 1]).isEqualTo(337);
        assertThat(counts[counts.length / 2]).isEqualTo(20);
        assertThat(counts[(int) (counts.length * 0.9)]).isEqualTo(53);
        assertThat(counts[(int) (counts.length * 0.99)]).isEqualTo(113);
    }

    @Test
    void namesTheDefaultAddressesAsSpecified() {
        byte[][] addresses = IntStream.range(0, 18_928)
                .mapToObj(this::probe)
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);

        assertThat(probe(0)).asString(UTF_8).isEqualTo("2330:4d23:db2a:8b50::4");
        assertThat(addresses[0]).asString(UTF_8).isEqualTo("1.10.242.93");
        assertThat(addresses[18_927]).asString(UTF_8).isEqualTo("99.95.66.172");
        assertThat(Arrays.stream(addresses).filter(text -> new String(text, UTF_8).contains(".")))
                .hasSize(10_815);
        assertThat(Arrays.stream(addresses).map(text -> new String(text, UTF_8)).distinct())
                .hasSize(18_928);
    }

    @Test
    void makesTheFirstTwoDefaultRowsAsSpecified() {
        assertThat(row(rows, 0)).isEqualTo("12334 174.237.242.20 67.11.208.149 -1.0 4");
        assertThat(row(rows, 1)).isEqualTo("11263 2229:b472:309a:41dc::4 2878:b50d:80d6:8f0a::8 43.562 6");
    }

    @Test
    void makesTheDefaultRoundTripsAsSpecified() {
        int failed = 0;
        int v4 = 0;
        double sum = 0;
        for (long row = 0; row < 500_028; row++) {
            rows.moveTo(row);
            double rtt = rows.rtt();
            failed += rtt == -1.0 ? 1 : 0;
            sum += rtt == -1.0 ? 0 : rtt;
            v4 += rows.ipVersion() == 4 ? 1 : 0;
        }

        assertThat(failed).isEqualTo(29_710);
        assertThat(v4).isEqualTo(284_510);
        assertThat(sum).isCloseTo(54_879_560.953, within(0.01));
        assertThat(rows.timeNanos()).isEqualTo((1_750_723_200L + 500_027L * 1008 / 41669) * 1_000_000_000L);
    }

    @Test
    void makesTheSmallExampleAsSpecified() {
        var small = new MadeMeasurements(Grouper.SMALL);

        assertThat(IntStream.range(0, 3).mapToLong(small::rowsOf)).containsExactly(3L, 3L, 4L);
        assertThat(row(small, 0)).contains("96.19.166.23 123.13.143.37 17.586");
    }

    @Test
    void shufflesTheSameRows() {
        var time = new MadeMeasurements(new Generate(5_000, 40, 1.5, 3, 1, RowOrder.TIME));
        var shuffled = new MadeMeasurements(new Generate(5_000, 40, 1.5, 3, 1, RowOrder.SHUFFLED));

        var inOrder = IntStream.range(0, 5_000).mapToObj(i -> row(time, i)).toList();
        var inDisorder =
                IntStream.range(0, 5_000).mapToObj(i -> row(shuffled, i)).toList();

        assertThat(inDisorder).isNotEqualTo(inOrder).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 1000, 4097})
    void permutesEveryRange(long n) {
        var permutation = new Permutation(n, 7, 6);
        var seen = new HashSet<Long>();
        for (long i = 0; i < n; i++) {
            seen.add(permutation.of(i));
        }

        assertThat(seen).hasSize((int) n).allMatch(value -> value >= 0 && value < n);
    }

    private byte[] probe(int index) {
        byte[] text = new byte[AddressText.MOST_BYTES];
        int length = rows.putProbe(index, text);
        return Arrays.copyOf(text, length);
    }

    private static String row(MadeMeasurements rows, long index) {
        byte[] text = new byte[AddressText.MOST_BYTES];
        rows.moveTo(index);
        int length = rows.putSource(text);
        var source = new String(text, 0, length, UTF_8);
        length = rows.putDestination(text);
        var destination = new String(text, 0, length, UTF_8);
        return "%d %s %s %s %d".formatted(rows.measurementId(), source, destination, rows.rtt(), rows.ipVersion());
    }
}
