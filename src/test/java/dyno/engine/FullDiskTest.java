package dyno.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDiskTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "write /a/b: No space left on device (28)",
                "IO Error: Could not write: no space left on device",
                "Disk quota exceeded"
            })
    void theSystemsWordsAnywhereInAMessageTellAFullDisk(String message) {
        assertThat(FullDisk.is(new IOException(message))).isTrue();
    }

    @Test
    void whatKindOfFailureSaysSoDoesNotMatter() {
        assertThat(FullDisk.is(new SQLException("No space left on device"))).isTrue();
        assertThat(FullDisk.is(new ExceptionInInitializerError("Cannot unpack: No space left on device")))
                .isTrue();
    }

    @Test
    void otherFailuresAndCausesDoNot() {
        assertThat(FullDisk.is(new IOException("Input/output error"))).isFalse();
        assertThat(FullDisk.is(new IOException((String) null))).isFalse();
        assertThat(FullDisk.is(new IOException("outer", new IOException("No space left on device"))))
                .isFalse();
    }
}
