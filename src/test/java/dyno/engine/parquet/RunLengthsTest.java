package dyno.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunLengthsTest {

    private static final int MOST_VALUES = 4_000;

    private final SplittableRandom random = new SplittableRandom(5);
    private final RunLengths runs = new RunLengths();
    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    private final int[] values = new int[MOST_VALUES];
    private int count;

    @Test
    void decodesInPiecesOfAnyLength() {
        for (int round = 0; round < 500; round++) {
            int width = round % 33;
            encode(width);
            runs.begin(padded(), 0, encoded.size(), width);
            int[] decoded = new int[count];
            for (int done = 0; done < count; ) {
                int[] piece = new int[Math.min(1 + random.nextInt(100), count - done)];
                assertThat(runs.decode(piece, piece.length))
                        .as("round %d", round)
                        .isNull();
                System.arraycopy(piece, 0, decoded, done, piece.length);
                done += piece.length;
            }

            assertThat(decoded).as("round %d", round).isEqualTo(Arrays.copyOf(values, count));
            assertThat(runs.decode(new int[1], 1)).startsWith("the runs end");
        }
    }

    @Test
    void findsWhatIsCutShort() {
        encoded.reset();
        count = 0;
        packed(3, 2);
        byte[] data = padded();

        // Six bytes and their header: 16 values of 3 bits. Thirteen fit into five bytes.
        runs.begin(data, 0, encoded.size() - 1, 3);
        assertThat(runs.decode(new int[13], 13)).isNull();
        assertThat(runs.decode(new int[1], 1)).contains("cut short");

        encoded.reset();
        run(17, 5);
        runs.begin(padded(), 0, encoded.size() - 1, 17);
        assertThat(runs.decode(new int[5], 5)).contains("cut short");
    }

    @Test
    void refusesARunOfAValueThatItsWidthDoesNotHold() {
        encoded.reset();
        encoded.writeBytes(new byte[] {5 << 1, (byte) 0xFF});

        runs.begin(padded(), 0, encoded.size(), 1);

        assertThat(runs.decode(new int[5], 5)).contains("value 255, which 1 bits do not hold");
    }

    private void encode(int width) {
        encoded.reset();
        count = 0;
        for (int piece = 1 + random.nextInt(8); piece > 0; piece--) {
            if (random.nextBoolean()) {
                run(width, 1 + random.nextInt(300));
            } else {
                packed(width, 1 + random.nextInt(20));
            }
        }
    }

    private void run(int width, int length) {
        int value = value(width);
        varint(length << 1);
        for (int i = 0; i < (width + 7) / 8; i++) {
            encoded.write(value >>> (8 * i));
        }
        Arrays.fill(values, count, count + length, value);
        count += length;
    }

    private void packed(int width, int groups) {
        varint((groups << 1) | 1);
        byte[] bits = new byte[groups * width];
        for (int i = 0; i < 8 * groups; i++) {
            int value = value(width);
            values[count++] = value;
            for (int b = 0; b < width; b++) {
                int at = i * width + b;
                bits[at / 8] |= (byte) (((value >>> b) & 1) << (at % 8));
            }
        }
        encoded.writeBytes(bits);
    }

    private int value(int width) {
        return width == 0 ? 0 : random.nextInt() >>> (32 - width);
    }

    private void varint(int number) {
        int left = number;
        while (left >= 0x80) {
            encoded.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        encoded.write(left);
    }

    private byte[] padded() {
        return Arrays.copyOf(encoded.toByteArray(), encoded.size() + RunLengths.PADDING);
    }
}
