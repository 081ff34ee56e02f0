package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dyno.engine.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordEncoderTest {

    private final RecordEncoder encoder = new RecordEncoder();

    @Test
    void beginsWithTheSchemasThatArrowWrites() {
        byte[] nested = ArrowRecords.schemaMessage(ArrowRecords.NESTED);
        byte[] outer = ArrowRecords.schemaMessage(ArrowRecords.OUTER);
        byte[] written = new byte[480];
        byte[] outerWritten = new byte[576];
        RecordTemplates.putNested(written, 0);
        RecordTemplates.putOuter(outerWritten, 0);

        assertThat(Arrays.copyOf(written, 392)).isEqualTo(nested);
        assertThat(Arrays.copyOf(outerWritten, 488)).isEqualTo(outer);
        assertThat(new Sha256().update(nested, 0, nested.length).hex())
                .isEqualTo("8162d4d764bd26852dc8b649c00a376e2ac38d8295a893850bd3a49dd25da653");
        assertThat(new Sha256().update(outer, 0, outer.length).hex())
                .isEqualTo("8ed61c535205083508fd97b06659744d702f98787986cf5692e8725986e085c7");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 7})
    void writesTheBytesThatArrowWrites(int nullEvery) {
        var random = new Random(nullEvery);
        for (int rows = 1; rows < 80; rows++) {
            var probe = Rows.random(random, rows, nullEvery);

            assertThat(probe.encode(encoder, Rows.shuffledOrder(random, rows)))
                    .as("%d rows", rows)
                    .isEqualTo(probe.recordByArrow());
        }
    }

    @Test
    void hasTheSizesOfTheFormula() {
        var one = new Rows("10.0.0.1", List.of(new Rows.Row(1, "10.0.0.2", (byte) 4, 1.5f)));

        assertThat(one.encode(encoder, new int[] {0})).hasSize(1_768);
        assertThat(encoder.nestedBytes()).isEqualTo(824);
        var row = new Rows.Row(1, "10.0.0.2", (byte) 4, 1.5f);
        new Rows("10.0.0.1", java.util.Collections.nCopies(26, row)).encode(encoder, order(26));
        assertThat(encoder.nestedBytes()).isEqualTo(768 + 8 * 26 + 2 * 112 + 208 + 208 + 32 + 104);
    }

    @Test
    void writesAProbeWithoutAddress() {
        var probe = new Rows("", List.of(new Rows.Row(-5, "", (byte) 6, -1f), new Rows.Row(7, null, null, null)));

        assertThat(probe.encode(encoder, order(2))).isEqualTo(probe.recordByArrow());
    }

    @Test
    void writesRecordsOfARangeOfRows() {
        var random = new Random(1);
        var probe = Rows.random(random, 50, 5);
        int[] order = Rows.shuffledOrder(random, 50);
        byte[] address = probe.sourceBytes();
        encoder.probe(address, 0, address.length, new SourceId().of(address, 0, address.length));

        byte[] record = new byte[encoder.measure(probe.columns(order), order, 11, 33)];
        encoder.write(record, 0);

        assertThat(record).isEqualTo(probe.part(11, 33).recordByArrow());
    }

    @Test
    void writesNothingThatWasNotMeasured() {
        assertThatIllegalStateException().isThrownBy(() -> encoder.write(new byte[2_000], 0));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 941121303211370278",
        "2001:db8::1, 132377974462938913",
        "8.8.8.8, 292721115009227543",
        "10.0.0.1, 112830761024292518"
    })
    void numbersProbesByTheirAddress(String address, long id) {
        byte[] bytes = ("/" + address).getBytes(StandardCharsets.US_ASCII);

        assertThat(new SourceId().of(bytes, 1, bytes.length - 1)).isEqualTo(id);
    }

    private static int[] order(int count) {
        return java.util.stream.IntStream.range(0, count).toArray();
    }
}
