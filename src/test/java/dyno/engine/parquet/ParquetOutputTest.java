package dyno.engine.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dyno.engine.parquet.OutputColumn.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetOutputTest {

    private static final List<OutputColumn> COLUMNS = List.of(
            OutputColumn.required("id", Kind.INT64),
            OutputColumn.nullable("small", Kind.INT32),
            OutputColumn.nullable("ratio", Kind.DOUBLE),
            OutputColumn.nullable("flag", Kind.BOOLEAN),
            OutputColumn.nullable("few", Kind.STRING),
            OutputColumn.required("many", Kind.STRING),
            OutputColumn.nullable("seen", Kind.TIMESTAMP_NANOS));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 50_000})
    void writesRowsThatReadBackAsTheyWere(int count) throws Exception {
        var file = folder.resolve("rows.parquet");
        var rows = write(file, count, 1000);

        assertThat(Rows.of(file, 777)).isEqualTo(rows);
        try (var input = ParquetInput.open(file)) {
            assertThat(input.rows()).isEqualTo(count);
            assertThat(input.rowGroups()).allSatisfy(group -> {
                assertThat(group.rows()).isLessThanOrEqualTo(1000);
                assertThat(group.codecs()).containsExactly("SNAPPY");
            });
        }
    }

    @Test
    void writesRowsThatDuckDbReads() throws Exception {
        var file = folder.resolve("rows.parquet");
        var rows = write(file, 20_000, 7_000);

        try (var duck = new Duck()) {
            assertThat(duck.rows("SELECT id, small::BIGINT, ratio, flag, few, many, epoch_ns(seen) FROM "
                            + Duck.quoted(file)))
                    .isEqualTo(rows);
            assertThat(duck.rows("SELECT typeof(seen) FROM " + Duck.quoted(file) + " LIMIT 1"))
                    .isEqualTo(List.of(List.of("TIMESTAMPTZ_NS")));
        }
    }

    @Test
    void leavesAFileThatNoReaderTakesWhereItIsNotFinished() throws Exception {
        var file = folder.resolve("cut.parquet");
        try (var output = ParquetOutput.create(file, List.of(OutputColumn.required("id", Kind.INT64)), 10)) {
            for (int i = 0; i < 25; i++) {
                output.putLong(0, i).endRow();
            }
        }

        assertThatExceptionOfType(ParquetException.class)
                .isThrownBy(() -> ParquetInput.open(file))
                .withMessageContaining("does not end with PAR1");
    }

    @Test
    void refusesANullInAColumnThatHasNone() throws Exception {
        try (var output = ParquetOutput.create(
                folder.resolve("x.parquet"), List.of(OutputColumn.required("id", Kind.INT64)), 10)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> output.putNull(0))
                    .withMessageContaining("id");
        }
    }

    @Test
    void writesTheSameBytesForTheSameRows() throws Exception {
        write(folder.resolve("a.parquet"), 3_000, 1_000);
        write(folder.resolve("b.parquet"), 3_000, 1_000);

        assertThat(Files.mismatch(folder.resolve("a.parquet"), folder.resolve("b.parquet")))
                .isEqualTo(-1);
    }

    private static List<List<@Nullable Object>> write(Path file, int count, int rowGroupRows) throws Exception {
        var random = new Random(count);
        var rows = new ArrayList<List<@Nullable Object>>();
        try (var output = ParquetOutput.create(file, COLUMNS, rowGroupRows)) {
            for (int i = 0; i < count; i++) {
                var row = new ArrayList<@Nullable Object>();
                row.add(random.nextLong());
                row.add(random.nextInt(5) == 0 ? null : (Object) (long) random.nextInt());
                row.add(random.nextInt(5) == 0 ? null : (Object) random.nextGaussian());
                row.add(random.nextInt(5) == 0 ? null : (Object) random.nextBoolean());
                row.add(random.nextInt(5) == 0 ? null : "few" + random.nextInt(9));
                row.add("many" + random.nextLong() + "é");
                row.add(i < 2_000 ? null : (Object) random.nextLong(1L << 60));
                rows.add(row);
                put(output, row);
            }
            output.finish();
            assertThat(output.rows()).isEqualTo(count);
        }
        return rows;
    }

    private static void put(ParquetOutput output, List<@Nullable Object> row) throws Exception {
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            switch (row.get(column)) {
                case null -> output.putNull(column);
                case Long value
                when COLUMNS.get(column).kind() == Kind.INT32 -> output.putInt(column, Math.toIntExact(value));
                case Long value -> output.putLong(column, value);
                case Double value -> output.putDouble(column, value);
                case Boolean value -> output.putBoolean(column, value);
                case String value -> {
                    byte[] bytes = value.getBytes(UTF_8);
                    output.putBytes(column, bytes, 0, bytes.length);
                }
                default -> throw new IllegalArgumentException();
            }
        }
        output.endRow();
    }
}
