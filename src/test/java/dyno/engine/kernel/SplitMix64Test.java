package dyno.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

    /// First outputs of the reference implementation for seed 1234567.
    private static final long[] OUTPUTS = {
        0x599ed017fb08fc85L, 0x2c73f08458540fa5L, 0x883ebce5a3f27c77L, 0x3fbef740e9177b3fL, 0xe3b8346708cb5ecdL
    };

    @Test
    void givesTheReferenceOutputs() {
        for (int i = 0; i < OUTPUTS.length; i++) {
            assertThat(SplitMix64.output(1234567, i + 1)).isEqualTo(OUTPUTS[i]);
        }
    }

    @Test
    void givesWhatTheJdkGives() {
        var random = new SplittableRandom(99);

        assertThat(SplitMix64.output(99, 1)).isEqualTo(random.nextLong());
        assertThat(SplitMix64.output(99, 2)).isEqualTo(random.nextLong());
    }
}
