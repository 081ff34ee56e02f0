package dyno.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    private final KeyText key = KeyText.random(new SecureRandom());

    @Test
    void holds256RandomBits() {
        assertThat(Base64.getUrlDecoder().decode(key.secret())).hasSize(32);
        assertThat(KeyText.random(new SecureRandom())).isNotEqualTo(key);
    }

    @Test
    void readsWhatItReveals() {
        assertThat(KeyText.parse(key.reveal())).hasValue(key);
        assertThat(KeyText.parse(key.reveal()).orElseThrow().hash()).isEqualTo(key.hash());
    }

    @Test
    void showsItsPrefixAlone() {
        assertThat(key).hasToString(key.prefix());
        assertThat(key.prefix()).matches("dyno_[0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dyno_",
                "dyno_3f9a1c2e",
                "dyno_3f9a1c2e_short",
                "dyno_3F9A1C2E_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "dyno_3f9a1c2e_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'",
                "other_3f9a1c2e_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void knowsWhatCannotBeAKey(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }
}
