package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {

    private final Random random = new Random(1);

    @Test
    void readsNumbersAsAPlainLoopDoes() {
        for (int round = 0; round < 100_000; round++) {
            byte[] digits = nearlyDigits();
            boolean areDigits = true;
            long number = 0;
            for (byte b : digits) {
                areDigits &= b >= '0' && b <= '9';
                number = number * 10 + (b - '0');
            }

            assertThat(Bytes.number(digits, 0, 8)).isEqualTo(areDigits ? (int) number : -1);
        }
    }

    @Test
    void knowsEveryByteThatIsNoDigit() {
        for (int b = 0; b < 256; b++) {
            boolean isDigit = b >= '0' && b <= '9';
            for (int at = 0; at < 8; at++) {
                byte[] eight = "01234567".getBytes(StandardCharsets.US_ASCII);
                eight[at] = (byte) b;
                long marks = Bytes.aboveNine(Bytes.longAt(eight, 0) ^ Bytes.ZERO_DIGITS) & Bytes.HIGH_BITS;

                assertThat(marks == 0).isEqualTo(isDigit);
                if (at < 3) {
                    int tag = Bytes.intAt(eight, 0) >>> 8;
                    assertThat((Bytes.oddDigits(tag) & 0x808080) == 0).isEqualTo(isDigit);
                }
            }
        }
    }

    @Test
    void findsBytesAsAPlainLoopDoes() {
        for (int round = 0; round < 20_000; round++) {
            byte[] data = randomBytes(random.nextInt(40));
            int from = random.nextInt(data.length + 1);
            int to = from + random.nextInt(data.length - from + 1);
            byte wanted = (byte) random.nextInt(4);
            int expected = from;
            while (expected < to && data[expected] != wanted) {
                expected++;
            }

            assertThat(Bytes.indexOf(data, from, to, wanted)).isEqualTo(expected);
        }
    }

    @Test
    void knowsAsciiAsAPlainLoopDoes() {
        for (int round = 0; round < 20_000; round++) {
            byte[] data = randomBytes(random.nextInt(40));
            if (data.length > 0 && round % 2 == 0) {
                data[random.nextInt(data.length)] = (byte) (0x80 | random.nextInt(128));
            }
            boolean expected = true;
            for (byte b : data) {
                expected &= b >= 0;
            }

            assertThat(Bytes.isAscii(data, 0, data.length)).isEqualTo(expected);
        }
    }

    @Test
    void findsBadUtf8WhereTheJdkDoes() {
        for (int round = 0; round < 50_000; round++) {
            byte[] data = randomUtf8();
            boolean isValid = new String(data, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;

            assertThat(Utf8.firstInvalid(data, 0, data.length) < 0).isEqualTo(isValid);
        }
    }

    private byte[] randomUtf8() {
        byte[] data = new byte[random.nextInt(6)];
        int[] likely = {0x41, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0x9F, 0xED, 0xEE, 0xF0, 0x90, 0x8F, 0xF4, 0xF5};
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) likely[random.nextInt(likely.length)];
        }
        return data;
    }

    private byte[] nearlyDigits() {
        byte[] eight = new byte[8];
        for (int i = 0; i < 8; i++) {
            eight[i] = (byte) ('0' + random.nextInt(10));
        }
        if (random.nextBoolean()) {
            eight[random.nextInt(8)] = (byte) random.nextInt(256);
        }
        return eight;
    }

    private byte[] randomBytes(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) random.nextInt(5);
        }
        return data;
    }
}
