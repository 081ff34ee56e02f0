package dyno.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongSetTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000, 1024, 1025})
    void agreesWithASetOfObjects(int capacity) {
        var set = new LongSet(capacity);
        var expected = new HashSet<Long>();
        var random = new SplittableRandom(capacity);
        while (expected.size() < capacity) {
            long value = random.nextLong(2L * capacity);
            assertThat(set.add(value)).isEqualTo(expected.add(value));
        }
        assertThat(set.size()).isEqualTo(capacity);

        set.clear();
        assertThat(set.size()).isZero();
        assertThat(set.add(0)).isTrue();
        assertThat(set.add(0)).isFalse();
    }

    @Test
    void refusesMoreThanItWasMadeFor() {
        var set = new LongSet(2);
        set.add(1);
        set.add(2);

        assertThat(set.add(1)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> set.add(3));
        assertThatIllegalArgumentException().isThrownBy(() -> new LongSet(0));
    }
}
