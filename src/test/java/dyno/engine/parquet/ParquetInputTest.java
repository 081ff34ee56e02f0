package dyno.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.FailureCode;
import dyno.engine.parquet.ColumnFacts.Physical;
import dyno.engine.parquet.ColumnFacts.TimestampUnit;
import dyno.engine.parquet.OutputColumn.Kind;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetInputTest {

    private static final String MIXED = """
            SELECT i AS id,
                   CASE WHEN i %% 7 = 0 THEN NULL ELSE (i * 37 %% 100)::INTEGER END AS small,
                   CASE WHEN i %% 11 = 3 THEN NULL ELSE (i %% 250)::UTINYINT END AS tiny,
                   CASE WHEN i %% 5 = 1 THEN NULL ELSE i / 3.0::DOUBLE END AS ratio,
                   (i %% 17)::FLOAT AS single,
                   i %% 3 = 0 AS flag,
                   CASE WHEN i %% 13 = 0 THEN NULL ELSE 'few' || (i %% 19) END AS few,
                   CASE WHEN i %% 9 = 2 THEN NULL ELSE md5(i::VARCHAR) END AS many,
                   NULL::VARCHAR AS nothing,
                   make_timestamp_ns(1750723200000000000 + i * 1000003) AS seen
              FROM range(%d) t(i)
            """;

    private static final String PLAIN =
            "SELECT id, small::BIGINT, tiny::BIGINT, ratio, single::DOUBLE, flag, few, many, nothing, epoch_ns(seen) FROM ";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "UNCOMPRESSED, V1, 2048",
        "SNAPPY, V1, 4096",
        "GZIP, V1, 100000",
        "ZSTD, V2, 2048",
        "LZ4_RAW, V2, 100000",
        "SNAPPY, V2, 100000"
    })
    void readsWhatDuckDbWrites(String codec, String version, int rowGroupRows) throws Exception {
        var file = folder.resolve("duck.parquet");
        try (var duck = new Duck()) {
            duck.execute("COPY (%s) TO %s (FORMAT parquet, CODEC %s, PARQUET_VERSION %s, ROW_GROUP_SIZE %d)"
                    .formatted(MIXED.formatted(30_000), Duck.quoted(file), codec, version, rowGroupRows));

            assertThat(Rows.of(file, 1000)).isEqualTo(duck.rows(PLAIN + Duck.quoted(file)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V2"})
    void readsColumnsWhoseDictionaryOverflowed(String version) throws Exception {
        var file = folder.resolve("overflow.parquet");
        try (var duck = new Duck()) {
            duck.execute(
                    "COPY (%s) TO %s (FORMAT parquet, PARQUET_VERSION %s, DICTIONARY_SIZE_LIMIT 10, ROW_GROUP_SIZE 6000)"
                            .formatted(MIXED.formatted(20_000), Duck.quoted(file), version));

            assertThat(Rows.of(file, 1_000_000)).isEqualTo(duck.rows(PLAIN + Duck.quoted(file)));
        }
    }

    @Test
    void readsRowGroupsWithTheArraysOfTheOneBefore() throws Exception {
        var file = folder.resolve("again.parquet");
        try (var duck = new Duck()) {
            duck.execute("COPY (%s) TO %s (FORMAT parquet, CODEC SNAPPY, ROW_GROUP_SIZE 10240)"
                    .formatted(MIXED.formatted(50_000), Duck.quoted(file)));

            assertThat(Rows.withArraysOfTheLast(file, 100_000)).isEqualTo(duck.rows(PLAIN + Duck.quoted(file)));
        }
    }

    @Test
    void readsADictionaryGivenUpWithinARowGroup() throws Exception {
        var file = folder.resolve("given-up.parquet");
        int rows = 200_000;
        try (var output = ParquetOutput.create(file, List.of(OutputColumn.required("text", Kind.STRING)), rows)) {
            var random = new Random(1);
            byte[] text = new byte[24];
            for (int i = 0; i < rows; i++) {
                // The first half repeats, so that a dictionary pays; the rest overflows it.
                long value = i < rows / 2 ? random.nextInt(20_000) : random.nextLong();
                Arrays.fill(text, (byte) 'a');
                for (int k = 0; k < Long.BYTES; k++) {
                    text[k] = (byte) ('a' + (value >>> (8 * k) & 15));
                }
                output.putBytes(0, text, 0, text.length).endRow();
            }
            output.finish();
        }

        boolean wasCoded = false;
        boolean wasPlain = false;
        try (var input = ParquetInput.open(file)) {
            var reader = input.rowGroup(0, List.of("text"));
            while (reader.next(8_192) > 0) {
                wasCoded |= reader.binaries("text").isCoded();
                wasPlain |= !reader.binaries("text").isCoded();
            }
        }

        assertThat(wasCoded).isTrue();
        assertThat(wasPlain).isTrue();
        try (var duck = new Duck()) {
            assertThat(Rows.of(file, 8_192)).isEqualTo(duck.rows("SELECT text FROM " + Duck.quoted(file)));
        }
    }

    @Test
    void tellsWhatAFileHolds() throws Exception {
        var file = folder.resolve("facts.parquet");
        try (var duck = new Duck()) {
            duck.execute(
                    "COPY (SELECT *, {'x': 1} AS nested, [1, 2] AS list FROM (%s)) TO %s (FORMAT parquet, CODEC ZSTD, ROW_GROUP_SIZE 2048)"
                            .formatted(MIXED.formatted(5_000), Duck.quoted(file)));
        }

        try (var input = ParquetInput.open(file)) {
            assertThat(input.name()).isEqualTo("facts.parquet");
            assertThat(input.bytes()).isEqualTo(Files.size(file));
            assertThat(input.rows()).isEqualTo(5_000);
            assertThat(input.rowGroups()).extracting(RowGroupFacts::rows).containsExactly(2048L, 2048L, 904L);
            assertThat(input.rowGroups()).extracting(RowGroupFacts::firstRow).containsExactly(0L, 2048L, 4096L);
            assertThat(input.rowGroups().getFirst().codecs()).containsExactly("ZSTD");
            var seen = input.find("seen").orElseThrow();
            assertThat(seen.timestamp()).isEqualTo(TimestampUnit.NANOS);
            assertThat(seen.physical()).isEqualTo(Physical.INT64);
            assertThat(input.range(1, "id")).contains(new LongRange(2048, 4095));
            assertThat(input.find("nested.x").orElseThrow().isFlat()).isFalse();
            assertThat(input.find("absent")).isEmpty();
            assertThatExceptionOfType(ParquetException.class)
                    .isThrownBy(() -> input.rowGroup(0, List.of("nested.x")))
                    .withMessageContaining("nested")
                    .satisfies(e -> assertThat(e.column()).isEqualTo("nested.x"));
            assertThatExceptionOfType(ParquetException.class)
                    .isThrownBy(() -> input.rowGroup(0, List.of("absent")))
                    .withMessageContaining("no such column");
            assertThatExceptionOfType(ParquetException.class)
                    .isThrownBy(() -> input.rowGroup(0, List.of("id")).doubles("id"))
                    .withMessageContaining("facts.parquet, column id");
        }
    }

    @Test
    void refusesACodecItDoesNotRead() throws Exception {
        var file = folder.resolve("brotli.parquet");
        try (var duck = new Duck()) {
            duck.execute("COPY (SELECT 1 AS id) TO %s (FORMAT parquet, CODEC BROTLI)".formatted(Duck.quoted(file)));
        }

        try (var input = ParquetInput.open(file)) {
            assertThatExceptionOfType(ParquetException.class)
                    .isThrownBy(() -> input.rowGroup(0, List.of("id")))
                    .withMessageContaining("BROTLI");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 11, 12, 100, 5_000})
    void refusesATruncatedFileNamingTheByte(int length) throws Exception {
        var file = written(folder.resolve("cut.parquet"));
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }

        assertThatExceptionOfType(ParquetException.class)
                .isThrownBy(() -> ParquetInput.open(file))
                .withMessageContaining("cut.parquet")
                .satisfies(e -> {
                    assertThat(e.offset()).isNotNull();
                    assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT);
                });
    }

    @Test
    void findsEveryFlippedBitOfAPage() throws Exception {
        var file = written(folder.resolve("flipped.parquet"));
        byte[] bytes = Files.readAllBytes(file);
        var expected = Rows.of(file, 100);
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                // What is not covered by a checksum (statistics, paddings) may change without a value changing.
                assertThat(Rows.of(file, 100)).isEqualTo(expected);
            } catch (ParquetException e) {
                assertThat(e.file()).isEqualTo("flipped.parquet");
                refused++;
            } catch (AssertionError e) {
                // A footer may be damaged into another valid footer; a page may not.
                assertThat(damaged).isNotEqualTo(bytes);
                assertThat(pagesDiffer(bytes, damaged)).isFalse();
            }
        }

        assertThat(refused).isGreaterThan(1_300);
    }

    private static boolean pagesDiffer(byte[] one, byte[] other) {
        int footer = one.length - 8 - LittleEndian.getInt(one, one.length - 8);
        return Arrays.mismatch(one, 0, footer, other, 0, footer) >= 0;
    }

    private static Path written(Path file) throws Exception {
        var columns = List.of(
                OutputColumn.required("id", Kind.INT64),
                OutputColumn.nullable("text", Kind.STRING),
                OutputColumn.nullable("ratio", Kind.DOUBLE));
        try (var output = ParquetOutput.create(file, columns, 400)) {
            var random = new Random(3);
            byte[] text = new byte[9];
            for (int i = 0; i < 1000; i++) {
                random.nextBytes(text);
                output.putLong(0, random.nextLong());
                if (i % 3 == 0) {
                    output.putNull(1).putNull(2);
                } else {
                    output.putBytes(1, text, 0, text.length).putDouble(2, random.nextDouble());
                }
                output.endRow();
            }
            output.finish();
        }
        return file;
    }
}
