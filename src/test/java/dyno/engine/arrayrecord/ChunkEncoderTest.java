package dyno.engine.arrayrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkEncoderTest {

    private static final WriterOptions GROUPS_OF_3 = new WriterOptions(3, Compression.NONE);

    @Test
    void encodesOneRecordUncompressed() {
        var batch = new EncodedChunks();
        try (var encoder = new ChunkEncoder(new WriterOptions(1, Compression.NONE))) {
            encoder.add(new byte[] {'0'}, 0, 1);
            encoder.finish(batch);
        }

        assertThat(Arrays.copyOf(batch.data(), batch.bytes())).containsExactly(0, 1, 1, '0');
        assertThat(batch.hash(0)).isEqualTo(HighwayHash.hash(batch.data(), 0, 4));
    }

    /// The frame of the sizes of a single record is put together by hand.
    @ParameterizedTest
    @ValueSource(ints = {-7, -1, 1, 3, 9, 19})
    void putsASingleRecordsSizeIntoTheFrameThatZstdMakes(int level) {
        try (var encoder = new ChunkEncoder(new WriterOptions(1, Compression.zstd(level)));
                var zstd =
                        new ZstdCompressCtx().setLevel(level).setWindowLog(20).setContentSize(true)) {
            for (int length : new int[] {0, 1, 5, 127, 128, 300, 16_383, 16_384, 2_097_152}) {
                byte[] size = new byte[10];
                int sizeBytes = Varint.put(size, 0, length);
                byte[] frame = zstd.compress(Arrays.copyOf(size, sizeBytes));

                var batch = new EncodedChunks();
                encoder.begin(length);
                encoder.finish(batch);

                assertThat(Arrays.copyOfRange(batch.data(), 0, 3)).containsExactly('z', 1 + frame.length, sizeBytes);
                assertThat(Arrays.copyOfRange(batch.data(), 3, 3 + frame.length))
                        .isEqualTo(frame);
            }
        }
    }

    @Test
    void writesFramesWithContentSizeAndWithoutChecksum() {
        var batch = new EncodedChunks();
        byte[] values = new byte[100_000];
        new Random(1).nextBytes(values);
        try (var encoder = new ChunkEncoder(new WriterOptions(1, Compression.zstd(3)))) {
            encoder.add(values, 0, values.length);
            encoder.finish(batch);
        }
        // 'z', length of the sizes, their length, a frame of nine bytes and three of content, length of the values.
        int frame = 1 + 1 + 1 + 9 + 3 + 3;
        byte[] bytes = Arrays.copyOfRange(batch.data(), frame, batch.bytes());

        assertThat(Zstd.getFrameContentSize(bytes)).isEqualTo(100_000);
        assertThat(Zstd.findFrameCompressedSize(bytes)).isEqualTo(bytes.length);
        assertThat(bytes[4] & 4).as("checksum flag").isZero();
        assertThat(Zstd.decompress(bytes, 100_000)).isEqualTo(values);
    }

    @Test
    void framesChunksThatWorkersEncodedAsTheWriterDoes() throws IOException {
        var options = WriterOptions.parse("group_size:5,zstd:3");
        var records = Packed.records(new Random(2), 103, 2_000);
        var file = new ByteArrayOutputStream();
        try (var one = new ChunkEncoder(options);
                var other = new ChunkEncoder(options);
                var appender = new ChunkAppender(Channels.newChannel(file), options)) {
            var batch = new EncodedChunks();
            for (int i = 0; i < records.size(); i++) {
                var encoder = i / 20 % 2 == 0 ? one : other;
                encoder.add(records.get(i), 0, records.get(i).length);
                if (encoder.isFull()) {
                    encoder.finish(batch);
                }
                if (batch.count() == 4) {
                    appender.append(batch);
                    batch.clear();
                }
            }
            one.finish(batch);
            other.finish(batch);
            assertThat(batch.decodedBytes(batch.count() - 1)).isPositive();
            appender.append(batch);
            var written = appender.finish();

            assertThat(written.records()).isEqualTo(103);
            assertThat(written.chunks()).isEqualTo(21);
            assertThat(written.bytes()).isEqualTo(file.size());
        }

        assertThat(file.toByteArray()).isEqualTo(Packed.file("group_size:5,zstd:3", records));
    }

    @Test
    void takesAShortChunkOnlyAsTheLast() throws IOException {
        try (var appender = new ChunkAppender(Channels.newChannel(new ByteArrayOutputStream()), GROUPS_OF_3)) {
            appender.append(new byte[4], 0, 4, 0, 3, 0);
            appender.append(new byte[4], 0, 4, 0, 2, 0);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> appender.append(new byte[4], 0, 4, 0, 3, 0))
                    .withMessage("Chunk 2 has 3 records; all but the last have 3");
        }
    }

    @Test
    void writesWholeToAChannelThatTakesLittleAtATime() throws IOException {
        var records = Packed.records(new Random(6), 50, 9_000);
        var file = new ByteArrayOutputStream();
        var slow = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) {
                int count = Math.min(1_000, bytes.remaining());
                byte[] taken = new byte[count];
                bytes.get(taken);
                file.writeBytes(taken);
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        try (var writer = ArrayRecordWriter.to(slow, WriterOptions.parse(""))) {
            for (byte[] each : records) {
                writer.write(each);
            }
            writer.finish();
        }

        assertThat(file.toByteArray()).isEqualTo(Packed.file("", records));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group_size:0",
                "group_size:x",
                "group_size",
                "brotli",
                "snappy",
                "zstd:23",
                "zstd:x",
                "transpose:true",
                "transpose",
                "pad_to_block_boundary:true",
                "window_log:21",
                "uncompressed:false",
                "group_size:1,,zstd"
            })
    void refusesOptionsThatItCannotKeep(String options) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WriterOptions.parse(options))
                .withMessageMatching("(?s).*[a-z0-9_]+.*");
    }

    @Test
    void takesGooglesOptions() {
        assertThat(WriterOptions.parse("")).isEqualTo(new WriterOptions(1, Compression.zstd(3)));
        assertThat(WriterOptions.parse("group_size:64,transpose:false,zstd:-3,window_log:20,max_parallelism:8"))
                .isEqualTo(new WriterOptions(64, Compression.zstd(-3)));
        assertThat(WriterOptions.parse("uncompressed,group_size:2")).isEqualTo(new WriterOptions(2, Compression.NONE));
    }
}
