package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.InvalidDatasetException;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import dyno.engine.parquet.OutputColumn;
import dyno.engine.parquet.OutputColumn.Kind;
import dyno.engine.parquet.ParquetOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasurementDatasetsTest {

    private static final String ROW = "'a' AS src_addr, 'b' AS dst_addr, 4 AS ip_version, 1.5::DOUBLE AS rtt, "
            + "make_timestamp(1750723200000000) AS event_time";

    @TempDir
    private Path folder;

    private final MeasurementDatasets kind = new MeasurementDatasets();

    @Test
    void keepsTheFactsOfAFile() throws Exception {
        var file = copy("a.parquet", "SELECT " + ROW + " FROM range(3000)");

        var facts = kind.take(received("a.parquet", file)).facts();

        assertThat(facts)
                .containsEntry("rows", 3000L)
                .containsEntry("rowGroups", 1L)
                .containsEntry("codecs", List.of("SNAPPY"))
                .containsEntry("firstTimeMicros", 1_750_723_200_000_000L)
                .containsEntry("lastTimeMicros", 1_750_723_200_000_000L)
                .containsEntry("timeUnit", "MICROS");
    }

    @Test
    void sumsUpFilesAndRefusesThoseThatDisagree() throws Exception {
        var first = stored("a.parquet", "SELECT " + ROW);
        var second = stored("b.parquet", "SELECT " + ROW + " FROM range(5)");
        var average = stored("c.parquet", "SELECT * RENAME (rtt AS rtt_avg) FROM (SELECT " + ROW + ")");

        assertThat(kind.facts(List.of(first, second))).containsEntry("rows", 6L).containsEntry("rowGroups", 2L);
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> kind.facts(List.of(first, second, average)))
                .satisfies(e ->
                        assertThat(e.place()).containsEntry("file", "c.parquet").containsEntry("column", "rtt"));
    }

    @Test
    void refusesAFileWithoutAColumn() throws Exception {
        var file = copy("a.parquet", "SELECT * EXCLUDE (dst_addr) FROM (SELECT " + ROW + ")");

        assertRefused(file, "dst_addr", "is missing");
    }

    @Test
    void refusesColumnsOfOtherTypes() throws Exception {
        assertRefused(
                copy("a.parquet", "SELECT * REPLACE (1::BIGINT AS event_time) FROM (SELECT " + ROW + ")"),
                "event_time",
                "is INT64");
        assertRefused(
                copy("b.parquet", "SELECT * REPLACE ('4' AS ip_version) FROM (SELECT " + ROW + ")"),
                "ip_version",
                "BYTE_ARRAY");
        assertRefused(
                copy("c.parquet", "SELECT * REPLACE (7 AS src_addr) FROM (SELECT " + ROW + ")"), "src_addr", "INT32");
        assertRefused(
                copy("d.parquet", "SELECT * REPLACE ([1.5] AS rtt) FROM (SELECT " + ROW + ")"), "rtt", "is missing");
    }

    @Test
    void refusesTimesThatAreINT96() throws Exception {
        var file = folder.resolve("a.parquet");
        var schema = MessageTypeParser.parseMessageType("""
                message rows {
                  required binary src_addr (STRING);
                  required binary dst_addr (STRING);
                  required int96 event_time;
                  required int64 ip_version;
                  required double rtt;
                }
                """);
        // A footer is all that is looked at.
        try (var writer = new ParquetFileWriter(
                new LocalOutputFile(file),
                schema,
                ParquetFileWriter.Mode.CREATE,
                Long.MAX_VALUE,
                0,
                (FileEncryptionProperties) null,
                ParquetProperties.builder().build())) {
            writer.start();
            writer.end(Map.of());
        }

        assertRefused(file, "event_time", "is INT96");
    }

    @Test
    void refusesATruncatedFileNamingTheByte() throws Exception {
        var file = copy("a.parquet", "SELECT " + ROW + " FROM range(100)");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> kind.take(received("sent.parquet", file)))
                .satisfies(e -> assertThat(e.place())
                        .containsEntry("file", "sent.parquet")
                        .containsKey("byte"));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void dropsRowsWithoutSourceOrTimeAndKeepsOtherNulls(Strategy strategy) throws Exception {
        var dataset = Files.createDirectory(folder.resolve("dataset"));
        rows(dataset.resolve("b.parquet"), List.of(row(null, 5L), row("x", null), row("", 3L)));
        rows(dataset.resolve("a.parquet"), List.of(row("x", -1_999L), row("", 3L), row(null, null)));
        var grouper = new Grouper(folder);
        grouper.dataset = dataset;
        grouper.strategy = strategy;
        grouper.spillBuckets = 2;

        var outcome = grouper.run();

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.metric("measurements")).isEqualTo(3);
        assertThat(outcome.metric("probes")).isEqualTo(2);
        assertThat(outcome.metric("droppedRows")).isEqualTo(3);
        assertThat(outcome.manifest()).contains("\"dropped\": {\"nullSource\": 2, \"nullTime\": 1}");
    }

    @Test
    void makesTheSameOfNullsWhateverDoesIt() throws Exception {
        var dataset = Files.createDirectory(folder.resolve("dataset"));
        var random = new Random(8);
        for (var name : List.of("m-1.parquet", "m-2.parquet")) {
            var rows = new ArrayList<@Nullable Object[]>();
            for (int i = 0; i < 3_000; i++) {
                rows.add(new Object[] {
                    random.nextInt(20) == 0 ? null : "10.0.0." + random.nextInt(40) + (random.nextBoolean() ? "" : "é"),
                    random.nextInt(20) == 0 ? null : (Object) (random.nextLong(2_000_000) - 1_000_000),
                    random.nextInt(9) == 0 ? null : "192.0.2." + random.nextInt(3),
                    random.nextInt(9) == 0 ? null : (Object) (long) (random.nextInt(256) - 128),
                    random.nextInt(9) == 0
                            ? null
                            : (Object) (random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian() * 1e39)
                });
            }
            rows(dataset.resolve(name), rows);
        }
        var files = new HashSet<String>();
        for (var strategy : Strategy.values()) {
            var grouper = new Grouper(folder);
            grouper.dataset = dataset;
            grouper.strategy = strategy;
            grouper.maxRowBytes = 2_048;
            var outcome = grouper.run();
            assertThat(outcome.verification().differences()).isEmpty();
            files.add(outcome.files());
        }

        assertThat(files).hasSize(1);
    }

    /// DuckDB writes what it takes for bytes without saying that they are text, as older writers do.
    @ParameterizedTest
    @EnumSource(Strategy.class)
    void takesTextOfWritersThatDoNotSayThatItIsText(Strategy strategy) throws Exception {
        var dataset = Files.createDirectory(folder.resolve("dataset"));
        Files.move(
                copy(
                        "a.parquet",
                        "SELECT * REPLACE (src_addr::BLOB AS src_addr, dst_addr::BLOB AS dst_addr)" + " FROM (SELECT "
                                + ROW + " FROM range(3))"),
                dataset.resolve("a.parquet"));
        var grouper = new Grouper(folder);
        grouper.dataset = dataset;
        grouper.strategy = strategy;

        assertThat(grouper.run().verification().differences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void namesAValueThatIsFoundWrongOnlyWhileReading(Strategy strategy) throws Exception {
        var dataset = Files.createDirectory(folder.resolve("dataset"));
        rows(dataset.resolve("a.parquet"), List.of(row("x", 1L), new Object[] {"x", 2L, "d", 300L, 1.0}));
        var grouper = new Grouper(folder);
        grouper.dataset = dataset;
        grouper.strategy = strategy;

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(grouper::run)
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT);
                    assertThat(e.getMessage()).contains("ip_version", "300");
                    if (strategy == Strategy.COLUMNAR || strategy == Strategy.STREAMING) {
                        assertThat(e.details())
                                .containsEntry("file", "a.parquet")
                                .containsEntry("row", 1L)
                                .containsEntry("column", "ip_version")
                                .containsEntry("value", 300L);
                    }
                });
    }

    private static @Nullable Object[] row(@Nullable String source, @Nullable Long nanos) {
        return new Object[] {source, nanos, null, null, null};
    }

    private static void rows(Path file, List<@Nullable Object[]> rows) throws Exception {
        var columns = List.of(
                OutputColumn.nullable("src_addr", Kind.STRING),
                OutputColumn.nullable("event_time", Kind.TIMESTAMP_NANOS),
                OutputColumn.nullable("dst_addr", Kind.STRING),
                OutputColumn.nullable("ip_version", Kind.INT64),
                OutputColumn.nullable("rtt", Kind.DOUBLE));
        try (var output = ParquetOutput.create(file, columns, 1_000)) {
            for (var row : rows) {
                for (int column = 0; column < row.length; column++) {
                    switch (row[column]) {
                        case null -> output.putNull(column);
                        case Long value -> output.putLong(column, value);
                        case Double value -> output.putDouble(column, value);
                        case String value -> {
                            byte[] text = value.getBytes(UTF_8);
                            output.putBytes(column, text, 0, text.length);
                        }
                        default -> throw new IllegalArgumentException();
                    }
                }
                output.endRow();
            }
            output.finish();
        }
    }

    private void assertRefused(Path file, String column, String what) {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> kind.take(received("sent.parquet", file)))
                .withMessageContaining(what)
                .satisfies(e -> assertThat(e.place())
                        .containsEntry("file", "sent.parquet")
                        .containsEntry("column", column));
    }

    private DatasetFile stored(String name, String sql) throws Exception {
        var file = copy(name, sql);
        return new DatasetFile(
                name,
                file,
                Files.size(file),
                "",
                kind.take(received(name, file)).facts());
    }

    private ReceivedFile received(String name, Path file) {
        return new ReceivedFile(name, file, folder, Long.MAX_VALUE);
    }

    private Path copy(String name, String sql) throws Exception {
        var file = folder.resolve(name);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(sql, file));
        }
        return file;
    }
}
