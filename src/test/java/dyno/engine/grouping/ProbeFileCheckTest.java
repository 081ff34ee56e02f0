package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Verification.Check;
import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.ArrayRecordWriter;
import dyno.engine.arrayrecord.WriterOptions;
import dyno.engine.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeFileCheckTest {

    private static final int LIMIT = 2_000;

    @TempDir
    private Path folder;

    private final RecordEncoder encoder = new RecordEncoder();

    @ParameterizedTest
    @ValueSource(strings = {"group_size:1,zstd:3", "group_size:5,uncompressed"})
    void findsNothingWrongWithWhatTheEncoderWrites(String options) throws IOException {
        var probes = probes(new Random(1));
        var records = records(probes);
        var facts = ProbeFileCheck.check(write(options, records), OptionalInt.of(LIMIT));

        assertThat(facts.checks()).allMatch(Check::passed).hasSize(9);
        assertThat(facts.records()).isEqualTo(records.size());
        assertThat(facts.probes()).isEqualTo(probes.size());
        assertThat(facts.measurements())
                .isEqualTo(
                        probes.stream().mapToLong(probe -> probe.rows().size()).sum());
        assertThat(facts.decodedBytes())
                .isEqualTo(records.stream().mapToLong(bytes -> bytes.length).sum());
        assertThat(facts.splitProbes()).isPositive();
        assertThat(facts.maxParts()).isGreaterThan(2);
        assertThat(facts.contentDigest()).isEqualTo(contentDigest(probes));
    }

    @Test
    void takesAFileWithoutRecordsForValid() throws IOException {
        var path = write("", List.of());

        assertThat(ProbeFileCheck.holdsProbeRecords(path)).isTrue();
        var facts = ProbeFileCheck.check(path, OptionalInt.empty());
        assertThat(facts.isValid()).isTrue();
        assertThat(facts.records()).isZero();
        assertThat(facts.contentDigest()).isEqualTo(new Sha256().hex());
    }

    @Test
    void tellsOtherRecordsFromProbes() throws IOException {
        var path = write("", List.of(new byte[] {'0'}, new byte[0]));

        assertThat(ProbeFileCheck.holdsProbeRecords(path)).isFalse();
        var facts = ProbeFileCheck.checkFormat(path);
        assertThat(facts.isValid()).isTrue();
        assertThat(facts.records()).isEqualTo(2);
        assertThat(facts.checks()).extracting(Check::name).containsExactly("hashesValid", "randomAccessMatches");
        assertThat(failed(write("", List.of(new byte[] {'0'})))).containsExactly("nestedSchema");
    }

    @Test
    void findsRecordsOutOfOrder() throws IOException {
        var records = records(probes(new Random(2)));
        records.add(records.removeFirst());

        assertThat(failed(write("", records))).containsExactly("recordsSorted");
    }

    @Test
    void findsPartsThatCouldHaveBeenOne() throws IOException {
        var probe = Rows.random(new Random(3), 20, 0);
        var parts = List.of(record(probe.part(0, 3)), record(probe.part(3, 20)));

        assertThat(failed(write("", parts))).containsExactly("rowLimitHolds");
    }

    @Test
    void findsPartsThatAreTooLong() throws IOException {
        assertThat(failed(write("", List.of(record(Rows.random(new Random(4), 200, 0))))))
                .containsExactly("rowLimitHolds");
    }

    @Test
    void findsTimesThatDescend() throws IOException {
        var probe = Rows.random(new Random(5), 16, 0);
        var rows = new ArrayList<>(probe.rows());
        rows.add(rows.remove(7));

        assertThat(failed(write("", List.of(record(new Rows(probe.source(), rows))))))
                .containsExactly("timeOrdered");
        assertThat(failed(write("", List.of(record(probe.part(8, 16)), record(probe.part(0, 8))))))
                .contains("timeOrdered");
    }

    @Test
    void findsEdgesThatAreNotTheRows() throws IOException {
        var probe = Rows.random(new Random(6), 3, 0);
        // The last 40 bytes: rows, span, first, last, end of the stream.
        for (int field : new int[] {40, 32, 24, 16}) {
            byte[] bytes = record(probe);
            bytes[bytes.length - field] ^= 1;

            assertThat(failed(write("", List.of(bytes))))
                    .as("%d before the end", field)
                    .containsExactly("edgesMatch");
        }
    }

    @Test
    void findsAnotherSourceOrNumber() throws IOException {
        var probe = new Rows("10.0.0.1", Rows.random(new Random(7), 3, 0).rows());
        byte[] numbered = record(probe);
        // src_id is the first of the body, behind schema and batch.
        numbered[888] ^= 1;
        byte[] mixed = record(probe);
        int second = new String(mixed, StandardCharsets.ISO_8859_1).indexOf("10.0.0.1") + 8;
        mixed[second] = '9';

        assertThat(failed(write("", List.of(numbered)))).containsExactly("srcIdMatches");
        assertThat(failed(write("", List.of(mixed)))).containsExactly("oneSourcePerRecord");
    }

    @Test
    void findsDamageAndGoesOn() throws IOException {
        var path = write("group_size:1,zstd:3", records(probes(new Random(8))));
        byte[] bytes = Files.readAllBytes(path);
        long offset;
        try (var file = ArrayRecordFile.open(path)) {
            offset = file.chunkOffset(3);
        }
        bytes[(int) offset + 60] ^= 1;
        Files.write(path, bytes);

        var facts = ProbeFileCheck.check(path, OptionalInt.empty());

        assertThat(facts.checks().getFirst().detail()).endsWith("(at byte %d)".formatted(offset));
        assertThat(facts.checks().stream().filter(check -> !check.passed())).hasSize(1);
    }

    private List<String> failed(Path path) throws IOException {
        return ProbeFileCheck.check(path, OptionalInt.of(LIMIT)).checks().stream()
                .filter(check -> !check.passed())
                .map(Check::name)
                .toList();
    }

    private static List<Rows> probes(Random random) {
        var probes = new ArrayList<Rows>();
        for (int i = 0; i < 40; i++) {
            probes.add(new Rows(
                    "2001:db8::%02x".formatted(i),
                    Rows.random(random, 1 + random.nextInt(90), i % 3 * 4).rows()));
        }
        probes.sort(Comparator.comparing(Rows::source));
        return probes;
    }

    private List<byte[]> records(List<Rows> probes) {
        var records = new ArrayList<byte[]>();
        var cutter = new RecordCutter(LIMIT);
        for (var probe : probes) {
            int count = probe.rows().size();
            int[] order = java.util.stream.IntStream.range(0, count).toArray();
            cutter.load(probe.columns(order), order, 0, count, probe.sourceBytes().length);
            for (int from = 0; from < count; ) {
                int to = cutter.partEnd(from);
                records.add(record(probe.part(from, to)));
                from = to;
            }
        }
        return records;
    }

    private byte[] record(Rows probe) {
        return probe.encode(
                encoder,
                java.util.stream.IntStream.range(0, probe.rows().size()).toArray());
    }

    private Path write(String options, List<byte[]> records) throws IOException {
        var path = folder.resolve("file");
        Files.deleteIfExists(path);
        try (var writer = ArrayRecordWriter.create(path, WriterOptions.parse(options))) {
            for (byte[] bytes : records) {
                writer.write(bytes);
            }
            writer.finish();
        }
        return path;
    }

    private static String contentDigest(List<Rows> probes) {
        var all = new ByteArrayOutputStream();
        for (var probe : probes) {
            byte[] address = probe.sourceBytes();
            all.writeBytes(little(4).putInt(address.length).array());
            all.writeBytes(address);
            all.writeBytes(little(12)
                    .putLong(new SourceId().of(address, 0, address.length))
                    .putInt(probe.rows().size())
                    .array());
            for (var row : probe.rows()) {
                byte[] dst = row.dst() == null ? new byte[0] : row.dst().getBytes(StandardCharsets.UTF_8);
                all.writeBytes(little(12)
                        .putLong(row.micros())
                        .putInt(row.dst() == null ? -1 : dst.length)
                        .array());
                all.writeBytes(dst);
                float rtt = row.rtt() == null || row.rtt().isNaN() ? Float.intBitsToFloat(0x7fc00000) : row.rtt();
                all.writeBytes(little(5)
                        .put(row.version() == null ? 0 : row.version())
                        .putFloat(rtt)
                        .array());
            }
        }
        return new Sha256().update(all.toByteArray(), 0, all.size()).hex();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
