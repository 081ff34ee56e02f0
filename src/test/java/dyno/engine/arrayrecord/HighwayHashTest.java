package dyno.engine.arrayrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HighwayHashTest {

    @ParameterizedTest
    @CsvSource({
        "0, 72c3b1e9c0139fe1",
        "1, 2cd57bc47907559d",
        "4, 4d9e82979ab17ce7",
        "16, 3e13be3a4140f4a7",
        "24, 5ee2c131eacabcb6",
        "32, b73f6df550f9dce4",
        "33, ec2f920014eaa741",
        "64, e34b1e100f1322af"
    })
    void makesTheVectorsUnderTheFormatsKey(int length, String hash) {
        assertThat(Long.toHexString(HighwayHash.hash(ascending(0, length), 0, length)))
                .isEqualTo(hash);
    }

    @Test
    void makesTheVectorsUnderAnotherKey() {
        assertThat(Long.toHexString(HighwayHash.hash(ascending(128, 33), 0, 33, 1, 2, 3, 4)))
                .isEqualTo("53c516cce478cad7");
        assertThat(Long.toHexString(HighwayHash.hash(new byte[] {-1}, 0, 1, 1, 2, 3, 4)))
                .isEqualTo("7858f24d2d79b2b2");
    }

    @Test
    void agreesWithThePlainOneAtEveryLength() {
        var random = new Random(7);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length + 5];
            random.nextBytes(bytes);

            assertThat(HighwayHash.hash(bytes, 3, length)).isEqualTo(PlainHighwayHash.hash(bytes, 3, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6})
    void rejectsARangeBeyondTheArray(int length) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> HighwayHash.hash(new byte[10], 5, length));
    }

    private static byte[] ascending(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    @Test
    void zipsBytesTheSameWhateverTheProcessorCan() {
        var random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long high = random.nextLong();
            long low = random.nextLong();

            assertThat(HighwayHash.depositedEven(high, low)).isEqualTo(HighwayHash.shiftedEven(high, low));
            assertThat(HighwayHash.depositedOdd(high, low)).isEqualTo(HighwayHash.shiftedOdd(high, low));
        }
    }
}
