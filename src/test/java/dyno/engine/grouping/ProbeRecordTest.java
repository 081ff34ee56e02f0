package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeRecordTest {

    private final ProbeRecord record = new ProbeRecord();

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 9})
    void readsWhatTheEncoderWrote(int nullEvery) {
        var random = new Random(nullEvery);
        var encoder = new RecordEncoder();
        for (int rows : new int[] {1, 2, 7, 8, 9, 63, 64, 65, 500}) {
            var probe = Rows.random(random, rows, nullEvery);
            byte[] bytes = probe.encode(encoder, Rows.shuffledOrder(random, rows));

            record.read(bytes, 0, bytes.length);

            assertIs(probe);
            assertThat(record.nestedBytes()).isEqualTo(encoder.nestedBytes());
        }
    }

    /// Everything that the encoder may write is Arrow to Arrow, and says what it should.
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void isReadByArrow(int nullEvery) throws IOException {
        var random = new Random(nullEvery + 10L);
        var encoder = new RecordEncoder();
        for (int rows : new int[] {1, 26, 127}) {
            var probe = Rows.random(random, rows, nullEvery);
            byte[] bytes = probe.encode(encoder, Rows.shuffledOrder(random, rows));
            byte[] address = probe.sourceBytes();

            byte[] nested = readOuter(bytes, rows, new SourceId().of(address, 0, address.length), probe);
            readNested(nested, probe);
        }
    }

    @Test
    void readsWhatArrowWrites() throws IOException {
        var random = new Random(3);
        for (int nullEvery : new int[] {0, 4}) {
            var probe = Rows.random(random, 60, nullEvery);
            // Arrow's writer gives every column a bitmap; three batches, one of them empty.
            byte[] nested = writtenByArrow(probe, 25, 25, 60);
            byte[] bytes = outerByArrow(probe, nested);

            record.read(bytes, 0, bytes.length);

            assertIs(probe);
        }
    }

    @Test
    void readsBuffersThatAreAlignedAtSixtyFour() {
        var probe = Rows.random(new Random(4), 11, 0);
        byte[] address = probe.sourceBytes();
        var source = new ByteArrayOutputStream();
        probe.rows().forEach(row -> source.writeBytes(address));
        var buffers = List.of(
                new byte[] {-1, 7},
                Rows.longs(probe.rows().stream().mapToLong(Rows.Row::micros).toArray()),
                new byte[0],
                Rows.offsets(IntStream.range(0, 11).map(i -> address.length)),
                source.toByteArray(),
                new byte[0],
                Rows.offsets(probe.rows().stream()
                        .mapToInt(row -> Objects.requireNonNull(row.dst()).length())),
                probe.texts(),
                new byte[0],
                probe.versions(),
                new byte[0],
                probe.rtts());
        var padded = buffers.stream()
                .map(buffer -> Arrays.copyOf(buffer, (buffer.length + 63) / 64 * 64))
                .toList();
        byte[] nested = ArrowRecords.stream(ArrowRecords.NESTED, 11, List.of(0, 0, 0, 0, 0), padded);
        byte[] bytes = probe.recordAround(nested);

        record.read(bytes, 0, bytes.length);

        assertIs(probe);
    }

    @Test
    void readsAStreamWithoutEnd() {
        var probe = Rows.random(new Random(5), 3, 0);
        byte[] nested = probe.nestedByArrow();
        byte[] bytes = probe.recordAround(Arrays.copyOf(nested, nested.length - 8));

        record.read(bytes, 0, bytes.length - 8);

        assertIs(probe);
    }

    @Test
    void namesTheColumnThatIsAnother() {
        var probe = Rows.random(new Random(5), 3, 0);
        byte[] bytes = probe.recordByArrow();
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] renamed = text.replace("dst_addr", "dst_adrr").getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> record.read(renamed, 0, renamed.length))
                .withMessageContaining("'dst_adrr', and not nullable 'dst_addr' of type UTF8");
    }

    @Test
    void rejectsEveryRecordCutShort() {
        byte[] bytes = Rows.random(new Random(6), 5, 2).recordByArrow();
        for (int length = 0; length < bytes.length - 8; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);

            assertThatExceptionOfType(InvalidRecordException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> record.read(cut, 0, cut.length));
        }
    }

    /// Whatever the bytes, there is a record or the exception for those that are none.
    @Test
    void survivesAnyDamage() {
        byte[] bytes = Rows.random(new Random(7), 9, 3).recordByArrow();
        var random = new Random(8);
        int rejected = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] damaged = bytes.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                int at = random.nextInt(damaged.length);
                damaged[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (damaged[at] ^ 1);
            }
            try {
                record.read(damaged, 0, damaged.length);
            } catch (InvalidRecordException e) {
                assertThat(e.position()).isBetween(0, damaged.length);
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(10_000);
    }

    private void assertIs(Rows probe) {
        byte[] address = probe.sourceBytes();
        var rows = probe.rows();
        assertThat(record.srcId()).isEqualTo(new SourceId().of(address, 0, address.length));
        assertThat(record.measurements()).isEqualTo(rows.size());
        assertThat(record.firstMicros()).isEqualTo(rows.getFirst().micros());
        assertThat(record.lastMicros()).isEqualTo(rows.getLast().micros());
        assertThat(record.spanSeconds())
                .isEqualTo((rows.getLast().micros() - rows.getFirst().micros()) / 1e6);
        var read = new ArrayList<Rows.Row>();
        for (int i = 0; i < record.rows(); i++) {
            assertThat(text(record.sourceFrom(i), record.sourceLength(i))).isEqualTo(probe.source());
            read.add(new Rows.Row(
                    record.timeMicros(i),
                    record.dstLength(i) < 0 ? null : text(record.dstFrom(i), record.dstLength(i)),
                    record.isVersionNull(i) ? null : record.ipVersion(i),
                    record.isRttNull(i) ? null : record.rtt(i)));
        }
        assertThat(read).isEqualTo(rows);
    }

    private String text(int from, int length) {
        return new String(record.bytes(), from, length, StandardCharsets.UTF_8);
    }

    private static byte[] readOuter(byte[] bytes, int rows, long srcId, Rows probe) throws IOException {
        try (var allocator = new RootAllocator();
                var reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
            var root = reader.getVectorSchemaRoot();
            assertThat(root.getSchema()).isEqualTo(ArrowRecords.OUTER);
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(root.getRowCount()).isOne();
            root.getFieldVectors()
                    .forEach(vector -> assertThat(vector.getNullCount()).isZero());
            assertThat(((BigIntVector) root.getVector("src_id")).get(0)).isEqualTo(srcId);
            assertThat(((IntVector) root.getVector("n_measurements")).get(0)).isEqualTo(rows);
            long first = ((TimeStampMicroVector) root.getVector("first_timestamp")).get(0);
            long last = ((TimeStampMicroVector) root.getVector("last_timestamp")).get(0);
            assertThat(first).isEqualTo(probe.rows().getFirst().micros());
            assertThat(last).isEqualTo(probe.rows().getLast().micros());
            assertThat(((Float8Vector) root.getVector("time_span_seconds")).get(0))
                    .isEqualTo((last - first) / 1e6);
            byte[] nested = ((VarBinaryVector) root.getVector("measurements")).get(0);
            assertThat(reader.loadNextBatch()).isFalse();
            return nested;
        }
    }

    private static void readNested(byte[] nested, Rows probe) throws IOException {
        try (var allocator = new RootAllocator();
                var reader = new ArrowStreamReader(new ByteArrayInputStream(nested), allocator)) {
            var root = reader.getVectorSchemaRoot();
            assertThat(root.getSchema()).isEqualTo(ArrowRecords.NESTED);
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(root.getRowCount()).isEqualTo(probe.rows().size());
            for (int i = 0; i < root.getRowCount(); i++) {
                var row = probe.rows().get(i);
                assertThat(((TimeStampMicroVector) root.getVector("event_time")).get(i))
                        .isEqualTo(row.micros());
                assertThat(string(root.getVector("src_addr"), i)).isEqualTo(probe.source());
                assertThat(string(root.getVector("dst_addr"), i)).isEqualTo(row.dst());
                assertThat(root.getVector("ip_version").getObject(i)).isEqualTo(row.version());
                assertThat(root.getVector("rtt").getObject(i)).isEqualTo(row.rtt());
            }
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    private static @Nullable String string(FieldVector vector, int row) {
        var value = vector.getObject(row);
        return value == null ? null : value.toString();
    }

    private static byte[] writtenByArrow(Rows probe, int... ends) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var allocator = new RootAllocator();
                var root = VectorSchemaRoot.create(ArrowRecords.NESTED, allocator);
                var writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
            writer.start();
            int from = 0;
            for (int end : ends) {
                fill(root, probe.rows().subList(from, end), probe.source());
                writer.writeBatch();
                from = end;
            }
            writer.end();
        }
        return bytes.toByteArray();
    }

    private static void fill(VectorSchemaRoot root, List<Rows.Row> rows, String source) {
        root.allocateNew();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            ((TimeStampMicroVector) root.getVector("event_time")).setSafe(i, row.micros());
            ((VarCharVector) root.getVector("src_addr")).setSafe(i, source.getBytes(StandardCharsets.UTF_8));
            if (row.dst() != null) {
                ((VarCharVector) root.getVector("dst_addr"))
                        .setSafe(i, row.dst().getBytes(StandardCharsets.UTF_8));
            }
            if (row.version() != null) {
                ((TinyIntVector) root.getVector("ip_version")).setSafe(i, row.version());
            }
            if (row.rtt() != null) {
                ((Float4Vector) root.getVector("rtt")).setSafe(i, row.rtt());
            }
        }
        root.setRowCount(rows.size());
    }

    private static byte[] outerByArrow(Rows probe, byte[] nested) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Schema schema = ArrowRecords.OUTER;
        byte[] address = probe.sourceBytes();
        try (var allocator = new RootAllocator();
                var root = VectorSchemaRoot.create(schema, allocator);
                var writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
            writer.start();
            root.allocateNew();
            long first = probe.rows().getFirst().micros();
            long last = probe.rows().getLast().micros();
            ((BigIntVector) root.getVector("src_id")).setSafe(0, new SourceId().of(address, 0, address.length));
            ((VarBinaryVector) root.getVector("measurements")).setSafe(0, nested);
            ((IntVector) root.getVector("n_measurements"))
                    .setSafe(0, probe.rows().size());
            ((Float8Vector) root.getVector("time_span_seconds")).setSafe(0, (last - first) / 1e6);
            ((TimeStampMicroVector) root.getVector("first_timestamp")).setSafe(0, first);
            ((TimeStampMicroVector) root.getVector("last_timestamp")).setSafe(0, last);
            root.setRowCount(1);
            writer.writeBatch();
            writer.end();
        }
        return bytes.toByteArray();
    }
}
