package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

    private static final DrawStream DRAWS = new DrawStream(42);
    private final LineBuffer line = new LineBuffer(64);

    @Test
    void drawsWhatTheSpecificationSays() {
        long start = DRAWS.start(1);

        assertThat(start).isEqualTo(0x7891e57dec8a229eL);
        assertThat(DrawStream.draw(start, 1)).isEqualTo(0xbe70ae8fc9c12a0dL);
    }

    @Test
    void writesTheFirstOptimisedRecord() {
        var user = new OptimisedMaker(DRAWS).make(1);

        OptimisedKind.INSTANCE.appendInput(user, line);

        assertThat(line)
                .hasToString("{\"id\":1,\"username\":\"u1\",\"email\":\"u1@e.com\",\"age\":64,\"locationId\":3,"
                        + "\"profileBits\":\"09e036c031ec75df\",\"activityCount\":30,\"transactionCount\":16,"
                        + "\"messageCount\":19,\"socialConnectionsCount\":485,\"dataHash\":\"517cc1b727220a95\"}");
    }

    @Test
    void makesOptimisedRecordsAsTheReferenceDoes() {
        var reference = new Reference(42, TransformKind.T2, 1);
        var random = new Random(7);
        var ids = LongStream.concat(LongStream.rangeClosed(1, 1_200), random.longs(300, 1, 64_000_000_001L));
        var columns = new OptimisedColumns(1);

        ids.forEach(id -> {
            var user = new OptimisedMaker(DRAWS).make(id);
            line.clear();
            OptimisedKind.INSTANCE.appendInput(user, line);
            assertThat(line).hasToString(reference.inputLine(id));
            assertThat(OptimisedKind.INSTANCE.inputBytes(user)).isEqualTo(line.length());

            columns.clear();
            columns.append(DRAWS, id, 1, Long.MAX_VALUE);
            line.clear();
            columns.appendInput(0, line);
            assertThat(line).hasToString(reference.inputLine(id));
            assertThat(columns.inputBytes()).isEqualTo(line.length());
        });
    }

    @Test
    void spellsIdsAcrossEveryChangeOfLength() {
        var reference = new Reference(42, TransformKind.T2, 1);
        var random = new Random(8);
        var columns = new OptimisedColumns(64);
        for (long power = 1; power <= 100_000_000_000L; power *= 10) {
            long id = Math.max(1, power - 30);
            columns.clear();
            while (columns.size() < 60) {
                int count = Math.min(60 - columns.size(), random.nextInt(1, 25));
                assertThat(columns.append(DRAWS, id + columns.size(), count, Long.MAX_VALUE))
                        .isEqualTo(count);
            }
            for (int row = 0; row < columns.size(); row++) {
                line.clear();
                columns.appendInput(row, line);
                assertThat(line).hasToString(reference.inputLine(id + row));
            }
        }
    }

    @Test
    void makesOriginalRecordsAsTheReferenceDoes() {
        var reference = new Reference(42, TransformKind.T1, 1);
        var maker = new OriginalMaker(DRAWS);

        for (long id : new long[] {1, 2, 9, 10, 11, 99, 100, 101, 999, 1_000, 123_456_789}) {
            var user = maker.make(id);
            line.clear();
            OriginalKind.INSTANCE.appendInput(user, line);
            assertThat(line).hasToString(reference.inputLine(id));
            assertThat(user.canonicalBytes()).isEqualTo(line.length());
        }
        assertThat(maker.make(1).canonicalBytes()).isEqualTo(68_591);
    }

    @Test
    void knowsTheLengthOfAThousandOriginalLines() {
        var maker = new OriginalMaker(DRAWS);
        var lengths = LongStream.rangeClosed(1, 1_000)
                .map(id -> maker.make(id).canonicalBytes())
                .summaryStatistics();

        assertThat(lengths.getSum()).isEqualTo(68_660_084);
        assertThat(lengths.getMin()).isEqualTo(68_591);
        assertThat(lengths.getMax()).isEqualTo(68_698);
    }

    @ParameterizedTest
    @CsvSource({
        "T2, 1000, 7e21b4a12dac9ba4, 8b477e649f707910, c69b43ed4e711c095d5ccb86663011f6d17bc3fbc0ec04fc3a98bda44fae19f9",
        "T1, 1000, '', '', fca00c53aeb0ddb6ee03855803136093dd772c4c05d3b95a41fb5ff64dac96cc",
        "T3, 1000, '', '', 0c45c6d67a5d9cbd8f4c6ce3bc97dc5b3f803c9854900dc70fc0664f4b945e15",
        "T2, 5000, '', '', 6e0fa51961bfaf47db4bb9fd2a4eee03ad7cae64e03443eae6e37dab2a9017d8"
    })
    void agreesWithThePublishedDigests(TransformKind kind, int records, String sum, String xor, String digest) {
        var reference = new Reference(42, kind, 16);
        var totals = LineTotals.NONE;
        long loadSum = 0;
        long loadXor = 0;
        for (long id = 1; id <= records; id++) {
            var outcome = reference.outcome(id);
            var bytes = outcome.line().getBytes(StandardCharsets.UTF_8);
            totals = totals.plus(LineTotals.hash(bytes, 0, bytes.length));
            loadSum += outcome.value();
            loadXor ^= outcome.value();
        }

        assertThat(totals.digest()).isEqualTo(digest);
        if (!sum.isEmpty()) {
            assertThat(totals.sum()).isEqualTo(Long.parseUnsignedLong(sum, 16));
            assertThat(totals.xor()).isEqualTo(Long.parseUnsignedLong(xor, 16));
        }
        if (records == 5_000) {
            assertThat(loadSum).isEqualTo(0x69e88f33fb5095dfL);
            assertThat(loadXor).isEqualTo(0x6b6d8b13e58cfebbL);
        }
    }

    @Test
    void hashesTheFirstRecordSixteenTimes() {
        assertThat(new Reference(42, TransformKind.T3, 16).outcome(1).fingerprint())
                .isEqualTo(0x7ab7ccdd24b8569fL);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, -1, Long.MIN_VALUE})
    void doesNotLetTheSeedDecideT0(long seed) {
        var outcome = new Reference(seed, TransformKind.T0, 1).outcome(4);

        assertThat(outcome).isEqualTo(new Reference(42, TransformKind.T0, 1).outcome(4));
        assertThat(outcome.line()).isEqualTo("{\"userId\":4,\"dataFingerprint\":\"45f306dc9c882a54\"}");
    }

    @Test
    void copiesOriginalRecordsWithoutSharing() {
        var user = new OriginalMaker(DRAWS).make(77);
        var copy = OriginalKind.INSTANCE.copy(user);
        var copied = new LineBuffer(1 << 17);
        OriginalKind.INSTANCE.appendInput(copy, copied);
        OriginalKind.INSTANCE.appendInput(user, line);

        assertThat(copied).hasToString(line.toString());
        assertThat(SharedMemory.of(user, copy)).isEmpty();
        assertThat(SharedMemory.of(user, new OriginalMaker(DRAWS).make(78))).isEmpty();
    }

    @Test
    void sharesNoMemoryBetweenOptimisedRecords() {
        var user = new OptimisedMaker(DRAWS).make(77);

        assertThat(SharedMemory.of(user, OptimisedKind.INSTANCE.copy(user))).isEmpty();
    }

    @Test
    void escapesAsCanonicalJsonDoes() {
        var text = "a\"b\\c\b\f\n\r\t\u0001\u001fäß€\ud83d\ude00/".getBytes(StandardCharsets.UTF_8);

        assertThat(line.text(text)).hasToString("\"a\\\"b\\\\c\\b\\f\\n\\r\\t\\u0001\\u001fäß€\ud83d\ude00/\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999, 1_000_000_000})
    void writesWholeNumbers(long value) {
        assertThat(line.number(value)).hasToString(Long.toString(value));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000000", "1, 0.000001", "-1, -0.000001", "-89999999, -89.999999", "180000000, 180.000000"})
    void writesMicroDegrees(int micros, String text) {
        assertThat(line.micros(micros)).hasToString(text);
    }
}
