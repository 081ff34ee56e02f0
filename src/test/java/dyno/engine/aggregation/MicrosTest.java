package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MicrosTest {

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void roundsHoursAsBigDecimalDoes() {
        for (int i = 0; i < 20_000; i++) {
            var q = new BigInteger(random.nextInt(1, 100), new java.util.Random(random.nextLong()));
            q = random.nextBoolean() ? q.negate() : q;
            int shift = random.nextBoolean() ? 30 : 40;

            long micros = Micros.hours(q.shiftRight(64).longValueExact(), q.longValue(), shift);

            var expected = new BigDecimal(q)
                    .movePointRight(6)
                    .divide(new BigDecimal(BigInteger.valueOf(3600).shiftLeft(shift)), 0, RoundingMode.HALF_UP)
                    .toBigIntegerExact();
            if (micros == Micros.WIDE) {
                assertThat(expected.bitLength()).isGreaterThan(58);
            } else {
                assertThat(micros).isEqualTo(expected.longValueExact());
            }
            assertThat(Micros.wideHours(q, shift)).isEqualTo(expected);
        }
    }

    @Test
    void roundsUnitsAsBigDecimalDoes() {
        for (int i = 0; i < 20_000; i++) {
            long q = random.nextLong() >> random.nextInt(64);
            int shift = random.nextBoolean() ? 30 : 40;

            long micros = Micros.units(q, shift);

            if (micros != Micros.WIDE) {
                assertThat(BigInteger.valueOf(micros)).isEqualTo(Micros.units(BigInteger.valueOf(q), shift));
            }
        }
    }

    @Test
    void givesOneForAnHourOfACoreAndOfAGigabyte() {
        assertThat(Micros.hours(0, 3600L << 30, Metric.CPU_USAGE.shift())).isEqualTo(1_000_000);
        var byteSeconds = BigInteger.valueOf(3600L << 30).shiftLeft(10);
        assertThat(Micros.hours(0, byteSeconds.longValueExact(), Metric.MEMORY_USAGE.shift()))
                .isEqualTo(1_000_000);
    }

    @Test
    void roundsHalvesAwayFromZero() {
        // 9 · 2^29 / (3600 · 2^30) hours are one and a quarter thousandth, exactly.
        long q = 9L << 29;
        assertThat(Micros.hours(0, q, 30)).isEqualTo(1_250);
        assertThat(Micros.units(1L << 9, 10)).isEqualTo(500_000);
        assertThat(Micros.units(-1, 21)).isEqualTo(0);
        assertThat(Micros.units(-(1L << 4), 25)).isEqualTo(0);
        assertThat(Micros.units(1L << 3, 10 + 14)).isEqualTo(0);
    }
}
