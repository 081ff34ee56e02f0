package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What others say of input and output: DuckDB reads the one, Arrow Java the other.
class OtherReadersTest {

    @TempDir
    private Path folder;

    private Grouper grouper;

    /// A row as both tell it.
    private record Row(long micros, String source, String destination, int version, float rtt) {}

    /// What a record says beside its rows.
    private record Summary(long sourceId, int rows, double seconds, long first, long last) {}

    private final Map<String, List<Row>> rows = new TreeMap<>();
    private final Map<String, List<Summary>> summaries = new TreeMap<>();

    @BeforeEach
    void makeGrouper() {
        grouper = new Grouper(folder);
        grouper.generate = new Generate(6_000, 150, 1.2, 12, 3, RowOrder.SHUFFLED);
        grouper.maxRowBytes = 16_384;
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void readTheSameRowsInTheSameOrder(Strategy strategy) throws Exception {
        grouper.strategy = strategy;
        var outcome = grouper.run();
        for (var side : Side.values()) {
            read(outcome.output().resolve(side.fileName()));
        }

        assertThat(rows).isEqualTo(rowsByDuckDb());
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"COLUMNAR", "STREAMING"})
    void agreeOnCountsSumsAndEdgesOfEveryProbe(Strategy strategy) throws Exception {
        grouper.strategy = strategy;
        var outcome = grouper.run();
        for (var side : Side.values()) {
            read(outcome.output().resolve(side.fileName()));
        }
        int[] probes = {0};

        duck(
                """
                SELECT src_addr, count(*), sum(rtt::FLOAT::DOUBLE), min(epoch_ns(event_time)) // 1000,
                       max(epoch_ns(event_time)) // 1000, count(DISTINCT dst_addr),
                       ('0x' || substr(md5(src_addr), 1, 15))::BIGINT
                  FROM %s
                 GROUP BY src_addr
                """,
                result -> {
                    var source = result.getString(1);
                    var records = summaries.get(source);
                    var measured = rows.get(source);
                    assertThat(records.stream().mapToInt(Summary::rows).sum()).isEqualTo(result.getInt(2));
                    assertThat(measured.stream().mapToDouble(Row::rtt).sum())
                            .isCloseTo(result.getDouble(3), withinPercentage(1e-9));
                    assertThat(records.getFirst().first()).isEqualTo(result.getLong(4));
                    assertThat(records.getLast().last()).isEqualTo(result.getLong(5));
                    assertThat(measured.stream().map(Row::destination).distinct())
                            .hasSize(result.getInt(6));
                    assertThat(records).allSatisfy(record -> {
                        assertThat(record.sourceId()).isEqualTo(result.getLong(7));
                        assertThat(record.seconds()).isEqualTo((record.last() - record.first()) / 1e6);
                    });
                    probes[0]++;
                });

        assertThat(summaries).hasSize(probes[0]);
        assertThat(probes[0]).isEqualTo(150);
        assertThat(summaries.values()).anySatisfy(records -> assertThat(records).hasSizeGreaterThan(1));
    }

    private void read(Path file) throws IOException {
        try (var records = ArrayRecordFile.open(file);
                var allocator = new RootAllocator()) {
            for (long i = 0; i < records.records(); i++) {
                try (var reader = new ArrowStreamReader(new ByteArrayInputStream(records.get(i)), allocator)) {
                    assertThat(reader.loadNextBatch()).isTrue();
                    var root = reader.getVectorSchemaRoot();
                    assertThat(root.getRowCount()).isOne();
                    byte[] nested = ((VarBinaryVector) root.getVector("measurements")).get(0);
                    var source = readNested(nested, allocator);
                    summaries
                            .computeIfAbsent(source, key -> new ArrayList<>())
                            .add(new Summary(
                                    ((BigIntVector) root.getVector("src_id")).get(0),
                                    ((IntVector) root.getVector("n_measurements")).get(0),
                                    ((Float8Vector) root.getVector("time_span_seconds")).get(0),
                                    ((TimeStampMicroVector) root.getVector("first_timestamp")).get(0),
                                    ((TimeStampMicroVector) root.getVector("last_timestamp")).get(0)));
                    assertThat(reader.loadNextBatch()).isFalse();
                }
            }
        }
    }

    /// @return the probe's address
    private String readNested(byte[] nested, RootAllocator allocator) throws IOException {
        try (var reader = new ArrowStreamReader(new ByteArrayInputStream(nested), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            var root = reader.getVectorSchemaRoot();
            var sources = (VarCharVector) root.getVector("src_addr");
            for (int row = 0; row < root.getRowCount(); row++) {
                var source = String.valueOf(sources.getObject(row));
                rows.computeIfAbsent(source, key -> new ArrayList<>())
                        .add(new Row(
                                ((TimeStampMicroVector) root.getVector("event_time")).get(row),
                                source,
                                String.valueOf(((VarCharVector) root.getVector("dst_addr")).getObject(row)),
                                ((TinyIntVector) root.getVector("ip_version")).get(row),
                                ((Float4Vector) root.getVector("rtt")).get(row)));
            }
            var source = String.valueOf(sources.getObject(0));
            assertThat(reader.loadNextBatch()).isFalse();
            return source;
        }
    }

    private Map<String, List<Row>> rowsByDuckDb() throws SQLException, IOException {
        var found = new TreeMap<String, List<Row>>();
        duck(
                """
                SELECT src_addr, epoch_ns(event_time) // 1000, dst_addr, ip_version, rtt::FLOAT
                  FROM %s
                 ORDER BY src_addr, epoch_ns(event_time) // 1000, file_index, file_row_number
                """,
                result -> {
                    var source = result.getString(1);
                    found.computeIfAbsent(source, key -> new ArrayList<>())
                            .add(new Row(
                                    result.getLong(2),
                                    source,
                                    result.getString(3),
                                    result.getInt(4),
                                    result.getFloat(5)));
                });
        return found;
    }

    private interface Each {
        void row(ResultSet result) throws SQLException;
    }

    private void duck(String sql, Each each) throws SQLException, IOException {
        var input = Input.of(grouper.cache.resolve("measurements-" + MadeFiles.digest(grouper.generate)), "");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (var result = statement.executeQuery(sql.formatted(DuckSession.table(input)))) {
                while (result.next()) {
                    each.row(result);
                }
            }
        }
    }
}
