package dyno.engine.arrayrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chunks that others write and we do not.
class ForeignChunksTest {

    @TempDir
    private Path folder;

    @Test
    void readsSnappy() throws IOException {
        var random = new Random(1);
        for (byte[] values : Packed.records(random, 40, 70_000)) {
            // Repeats far and near, for copies of all kinds.
            System.arraycopy(values, 0, values, values.length / 2, values.length / 3);
            Arrays.fill(values, values.length / 3, values.length / 3 + values.length / 10, (byte) 7);
            var data = new ByteArrayOutputStream();
            byte[] sizes = compressed(varint(values.length));
            data.write('s');
            data.writeBytes(varint(sizes.length));
            data.writeBytes(sizes);
            data.writeBytes(compressed(values));

            var decoder = decode('r', 1, values.length, data.toByteArray());

            assertThat(Arrays.copyOfRange(
                            decoder.bytes(), decoder.recordFrom(0), decoder.recordFrom(0) + decoder.recordLength(0)))
                    .isEqualTo(values);
        }
    }

    @Test
    void rejectsDamagedSnappy() throws IOException {
        byte[] values = "abcabcabcabcabcabcabcabcabcabcabcabcabcabc"
                .repeat(9)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] packed = org.xerial.snappy.Snappy.compress(values);
        var random = new Random(2);
        int rejected = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = packed.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            byte[] target = new byte[values.length];
            try {
                Snappy.decompress(
                        new ByteRange(damaged, 0, damaged.length), new ByteRange(target, 0, target.length), 64);
            } catch (InvalidArrayRecordException e) {
                assertThat(e.offset()).isEqualTo(64);
                rejected++;
            }
        }
        assertThat(rejected).isPositive();
    }

    @Test
    void refusesBrotliAndTransposedChunks() {
        assertThatExceptionOfType(UnsupportedArrayRecordException.class)
                .isThrownBy(() -> decode('r', 1, 1, new byte[] {'b', 2, 1, 1, 1, 1}))
                .withMessage("unsupported: compression brotli (at byte 64)");
        assertThatExceptionOfType(UnsupportedArrayRecordException.class)
                .isThrownBy(() -> decode('t', 1, 1, new byte[] {0, 1, 1, 'x'}))
                .withMessageStartingWith("unsupported: a chunk of type TRANSPOSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no data
                "71", // unknown compression
                "00", // no length of sizes
                "0005", // sizes beyond the data
                "000102", // a record beyond the values
                "00010061", // a value beyond the records
                "0002010061", // bytes behind the sizes
                "00018061", // a number cut short
                "7a0002", // no decompressed length
                "7a02ff7f00", // a ratio that is impossible
                "7a03010203010101" // no zstd frame
            })
    void rejectsDataThatContradictsItself(String hex) {
        assertThatExceptionOfType(InvalidArrayRecordException.class)
                .isThrownBy(() -> decode('r', 1, 1, java.util.HexFormat.of().parseHex(hex)))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(64));
    }

    private SimpleChunkDecoder decode(int type, int records, int decodedBytes, byte[] data) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(Blocks.chunkEnd(64, data.length, records)) + 65_536];
        byte[] chunk = new byte[ChunkHeader.BYTES + data.length];
        LittleEndian.putLong(chunk, 8, data.length);
        LittleEndian.putLong(chunk, 16, HighwayHash.hash(data, 0, data.length));
        LittleEndian.putLong(chunk, 24, (long) records << 8 | type);
        LittleEndian.putLong(chunk, 32, decodedBytes);
        LittleEndian.putLong(chunk, 0, HighwayHash.hash(chunk, 8, 32));
        System.arraycopy(data, 0, chunk, ChunkHeader.BYTES, data.length);
        for (int i = 0, to = 64; i < chunk.length; i++, to++) {
            to += to % Blocks.BYTES == 0 ? Blocks.HEADER_BYTES : 0;
            bytes[to] = chunk[i];
        }
        var path = Files.write(folder.resolve("chunk"), bytes);
        try (var file = FileChannel.open(path);
                var decoder = new SimpleChunkDecoder()) {
            var raw = new RawChunk(file, bytes.length);
            raw.read(64, 0);
            decoder.decode(raw);
            return decoder;
        }
    }

    private static byte[] compressed(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(varint(plain.length));
        bytes.writeBytes(org.xerial.snappy.Snappy.compress(plain));
        return bytes.toByteArray();
    }

    private static byte[] varint(long value) {
        byte[] bytes = new byte[Varint.MAX_BYTES];
        return Arrays.copyOf(bytes, Varint.put(bytes, 0, value));
    }
}
