package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The command as a process, with a real pipe.
class GeneratePipeIT {

    private static final int LIMIT_SECONDS = 60;

    @Test
    void endsQuietlyWhenTheReaderHasEnough() throws Exception {
        var process = start("--bytes", "1TiB", "--seed", "42");
        byte[] first;
        try (var pipe = process.getInputStream()) {
            first = pipe.readNBytes(1000);
        }

        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(first).hasSize(1000).startsWith((byte) 0xc1, (byte) 0x54, (byte) 0x6a, (byte) 0xcf);
        assertThat(said(process)).isEmpty();
        assertThat(process.exitValue()).isEqualTo(ExitCode.FINE);
    }

    @Test
    void writesNothingButBytesToItsOutput() throws Exception {
        var process = start("--bytes", "100", "--seed", "42", "--sha256");
        byte[] all = process.getInputStream().readAllBytes();

        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(all).hasSize(100);
        assertThat(said(process)).startsWith("seed 42, 100 bytes").hasLineCount(1);
        assertThat(process.exitValue()).isEqualTo(ExitCode.FINE);
    }

    private static String said(Process process) throws Exception {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Process start(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dyno.Dyno",
                "generate"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
