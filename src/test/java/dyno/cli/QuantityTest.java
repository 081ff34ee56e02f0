package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "4.31e10,  43.1 GB/s (40.1 GiB/s)",
        "1.02e9,   1.02 GB/s (973 MiB/s)",
        "1e9,      1.00 GB/s (954 MiB/s)",
        "999.6e6,  1.00 GB/s (953 MiB/s)",
        "1073741824, 1.07 GB/s (1.00 GiB/s)",
        "512,      512 B/s (512 B/s)",
        "0,        0 B/s (0 B/s)",
        "2.5e21,   2500 EB/s (2170 EiB/s)",
    })
    void showsBytesInPowersOfTenAndOfTwo(double value, String text) {
        assertThat(Quantity.score(value, "bytes/s")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "12345678, records/s, 12.3 M records/s",
        "999999,   records/s, 1.00 M records/s",
        "431,      queries/s, 431 queries/s",
        "0.01234,  queries/s, 0.0123 queries/s",
        "87.04,    ns/op,     87.0 ns/op",
    })
    void showsOtherThingsASecondInThousandsAndMillions(double value, String unit, String text) {
        assertThat(Quantity.score(value, unit)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "95,     105,     100, 5.0 %",
        "80,     120,     100, 20 %",
        "99.96,  100.04,  100, 0.04 %",
        "90.1,   109.9,   100, 9.9 %",
        "100,    100,     100, 0.00 %",
    })
    void showsHalfOfAnIntervalAsAShareOfItsValue(double low, double high, double value, String text) {
        assertThat(Quantity.halfWidth(low, high, value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"8.7, 8.70", "9.999, 10.0", "0.9996, 1.00", "1234.5, 1230", "0.05, 0.0500", "0, 0"})
    void keepsThreeSignificantDigits(double value, String text) {
        assertThat(Quantity.digits(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0 s", "59.4, 59 s", "59.5, 1 min 00 s", "96, 1 min 36 s", "7500, 2 h 05 min"})
    void showsTimesInTheUnitsOfClocks(double seconds, String text) {
        assertThat(Quantity.seconds(seconds)).isEqualTo(text);
    }

    @Test
    void showsSizesInPowersOfTwo() {
        assertThat(Quantity.bytes(1_610_612_736L)).isEqualTo("1.50 GiB");
        assertThat(Quantity.bytes(0)).isEqualTo("0 B");
    }
}
