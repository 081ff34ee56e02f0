package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.0.0.2"})
    void takesTheLoopbackWhoeverMayAsk(String bind) {
        assertThat(ListenAddress.require(bind, 0, Authentication.OFF).address().isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void listensForOtherMachinesWhereKeysAreAskedForAndNowhereElse(String bind) {
        assertThat(ListenAddress.require(bind, 0, Authentication.KEYS).address().isAnyLocalAddress())
                .isTrue();
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> ListenAddress.require(bind, 0, Authentication.OFF))
                .withMessageContaining("DYNO_AUTH=keys");
    }

    @Test
    void readsOffAndKeysFromTheEnvironment() {
        assertThat(Authentication.of(Map.of())).isEqualTo(Authentication.OFF);
        assertThat(Authentication.of(Map.of("DYNO_AUTH", "off"))).isEqualTo(Authentication.OFF);
        assertThat(Authentication.of(Map.of("DYNO_AUTH", "keys"))).isEqualTo(Authentication.KEYS);
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> Authentication.of(Map.of("DYNO_AUTH", "KEY")));
    }
}
