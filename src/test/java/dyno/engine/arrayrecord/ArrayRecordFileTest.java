package dyno.engine.arrayrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.kernel.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayRecordFileTest {

    private static final String FIRST_64_BYTES = "83af70d10d884a3f0000000000000000400000000000000091bac23c9287e1a9"
            + "0000000000000000e19f13c0e9b1c37273000000000000000000000000000000";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "'group_size:1,uncompressed', 300, 3000",
        "'group_size:1,zstd:3', 300, 3000",
        "'group_size:64,zstd:1', 1000, 900",
        "'group_size:256,uncompressed', 1000, 900",
        "'group_size:7,zstd:-5', 20, 200000",
        "'group_size:3,uncompressed', 20, 200000",
        "'group_size:256,zstd:19', 1000, 3"
    })
    void readsBackWhatWasWritten(String options, int count, int longest) throws IOException {
        var records = Packed.records(new Random(count + longest), count, longest);
        var path = write(Packed.file(options, records));

        assertThat(Inspector.inspect(path).defects()).isEmpty();
        try (var file = ArrayRecordFile.open(path);
                var reader = file.reader()) {
            assertThat(file.records()).isEqualTo(count);
            assertThat(file.groupSize()).isEqualTo(WriterOptions.parse(options).groupSize());
            assertThat(file.writerOptions()).startsWith("group_size:").endsWith(",max_parallelism:1");
            assertThat(file.bytes() % 65_536).isZero();
            assertThat(file.decodedBytes())
                    .isEqualTo(records.stream().mapToLong(each -> each.length).sum());
            assertThat(sequentially(file, reader)).containsExactlyElementsOf(records);
            for (int i = count - 1; i >= 0; i -= 7) {
                assertThat(file.get(i)).isEqualTo(records.get(i));
            }
        }
    }

    @Test
    void writesAFileOfNoRecords() throws IOException {
        byte[] bytes = Packed.file("group_size:1,zstd:3", List.of());
        var path = write(bytes);

        assertThat(bytes).hasSize(131_072);
        assertThat(HexFormat.of().formatHex(bytes, 0, 64)).isEqualTo(FIRST_64_BYTES);
        assertThat(ChunkHeader.parse(bytes, 64, 64).records()).isOne();
        assertThat(Inspector.inspect(path).isValid()).isTrue();
        try (var file = ArrayRecordFile.open(path)) {
            assertThat(file.records()).isZero();
            assertThat(file.chunks()).isZero();
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> file.get(0));
        }
    }

    @Test
    void tellsTheOptionsThatItWasWrittenWith() throws IOException {
        try (var file = ArrayRecordFile.open(write(Packed.file("", List.of(new byte[3]))))) {
            assertThat(file.writerOptions())
                    .isEqualTo("group_size:1,transpose:false,pad_to_block_boundary:false,zstd:3,window_log:20,"
                            + "max_parallelism:1");
        }
    }

    @Test
    void givesAThousandEmptyRecordsAThousandBytes() throws IOException {
        var records = Collections.nCopies(1_000, new byte[0]);
        var path = write(Packed.file("group_size:1000,zstd:3", records));

        try (var file = ArrayRecordFile.open(path)) {
            assertThat(file.chunks()).isOne();
            assertThat(file.footerOffset() - file.chunkOffset(0)).isGreaterThanOrEqualTo(1_000);
            assertThat(file.get(999)).isEmpty();
        }
        assertThat(Inspector.inspect(path).defects()).isEmpty();
    }

    @Test
    void keepsToTheFormatWhereverAChunkMeetsABlock() throws IOException {
        // Lengths around a block's end, so that headers, data, gaps and paddings meet a boundary in all ways.
        for (int length = 65_290; length < 65_480; length++) {
            var path = write(
                    Packed.file("group_size:2,uncompressed", List.of(new byte[length], new byte[0], new byte[30])));

            assertThat(Inspector.inspect(path).defects()).as("%d bytes", length).isEmpty();
            try (var file = ArrayRecordFile.open(path)) {
                assertThat(file.get(0)).hasSize(length);
                assertThat(file.get(2)).hasSize(30);
            }
        }
    }

    @Test
    void isReadByManyThreads() throws Exception {
        var records = Packed.records(new Random(5), 500, 400);
        var path = write(Packed.file("group_size:9,zstd:3", records));

        try (var file = ArrayRecordFile.open(path);
                var pool = new WorkerPool(4, "reading", WorkerPool.Waiting.PARK)) {
            pool.run(worker -> {
                var random = new Random(worker);
                for (int i = 0; i < 500; i++) {
                    int record = random.nextInt(500);
                    if (!Arrays.equals(file.get(record), records.get(record))) {
                        throw new AssertionError("record " + record);
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"group_size:1,uncompressed", "group_size:4,zstd:3"})
    void losesOnlyTheChunkThatIsDamaged(String options) throws IOException {
        var records = Packed.records(new Random(8), 40, 6_000);
        byte[] bytes = Packed.file(options, records);
        var whole = write(bytes);
        long begin;
        long end;
        int group = WriterOptions.parse(options).groupSize();
        try (var file = ArrayRecordFile.open(whole)) {
            begin = file.chunkOffset(5);
            end = file.chunkOffset(6);
        }
        for (long flipped = begin + ChunkHeader.BYTES; flipped < end; flipped += 97) {
            byte[] damaged = bytes.clone();
            damaged[(int) flipped] ^= 0x10;
            var path = write(damaged);

            assertThat(Inspector.inspect(path).defects())
                    .singleElement()
                    .satisfies(defect -> assertThat(defect.offset()).isEqualTo(begin));
            try (var file = ArrayRecordFile.open(path)) {
                assertThatExceptionOfType(InvalidArrayRecordException.class)
                        .isThrownBy(() -> file.get(5L * group))
                        .withMessageEndingWith("(at byte %d)", begin);
                assertThat(file.get(5L * group - 1)).isEqualTo(records.get(5 * group - 1));
                assertThat(file.get(6L * group)).isEqualTo(records.get(6 * group));
            }
        }
    }

    @Test
    void noticesAnyByteThatIsFlipped() throws IOException {
        byte[] bytes = Packed.file("group_size:2,zstd:3", Packed.records(new Random(3), 60, 9_000));
        assertThat(bytes.length).isGreaterThan(131_072);
        var random = new Random(4);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = bytes.clone();
            int at = i < 64 ? i : random.nextInt(bytes.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));

            assertThat(Inspector.inspect(write(damaged)).isValid())
                    .as("byte %d", at)
                    .isFalse();
        }
    }

    @Test
    void rejectsFilesThatWereCutShort() throws IOException {
        byte[] bytes = Packed.file("", Packed.records(new Random(3), 60, 5_000));
        for (int length : new int[] {0, 1, 64, 65_535, 65_536, bytes.length - 65_536, bytes.length - 1}) {
            var path = write(Arrays.copyOf(bytes, length));

            assertThatExceptionOfType(InvalidArrayRecordException.class).isThrownBy(() -> ArrayRecordFile.open(path));
            assertThat(Inspector.inspect(path).isValid()).isFalse();
        }
    }

    @Test
    void goesOnBehindADamagedHeader() throws IOException {
        byte[] bytes = Packed.file("", Packed.records(new Random(3), 60, 5_000));
        long begin;
        try (var file = ArrayRecordFile.open(write(bytes))) {
            begin = file.chunkOffset(20);
        }
        bytes[(int) begin + 9] ^= 1;

        var chunks = new ArrayList<ChunkFacts>();
        var inspection = Inspector.inspect(write(bytes), chunks::add, block -> {});

        assertThat(inspection.defects()).hasSize(1);
        assertThat(inspection.defects().getFirst().offset()).isEqualTo(begin);
        assertThat(chunks.stream().filter(chunk -> chunk.type().equals("simple")))
                .hasSize(59 + 2);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file"), bytes);
    }

    private static List<byte[]> sequentially(ArrayRecordFile file, ChunkReader reader) throws IOException {
        var records = new ArrayList<byte[]>();
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            reader.read(chunk);
            for (int i = 0; i < reader.records(); i++) {
                int from = reader.recordFrom(i);
                records.add(Arrays.copyOfRange(reader.bytes(), from, from + reader.recordLength(i)));
            }
        }
        return records;
    }
}
