package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.Finding.Level;
import dyno.support.TestDatabase;
import dyno.support.TestFolders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DoctorIT {

    private final Path folder = TestFolders.fresh("doctor");
    private final StringWriter out = new StringWriter();

    @Test
    void findsNothingToMendWhereADatabaseAnswersAndLeavesNothingBehind() throws Exception {
        var database = TestDatabase.address();
        var environment = Map.of(
                "DYNO_PORT", "0",
                "DYNO_DATABASE_URL", database.jdbcUrl(),
                "DYNO_DATABASE_USER", database.user(),
                "DYNO_DATABASE_PASSWORD", database.password());

        assertThat(doctor(environment)).isZero();

        assertThat(out.toString().lines().filter(line -> !line.startsWith(" ")))
                .extracting(line -> line.split(" +")[1])
                .contains("java", "memory", "data", "temp", "disk", "database", "clock", "port", "cpus", "frequency");
        assertThat(out.toString()).doesNotContain("BROKEN", database.password());
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void saysWhatToDoAboutADatabaseThatDoesNotAnswer() {
        var environment =
                Map.of("DYNO_PORT", "0", "DYNO_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/db?password=hidden");

        assertThat(doctor(environment)).isOne();
        assertThat(doctor(Map.of("DYNO_PORT", "many"))).isOne();

        assertThat(out.toString())
                .containsPattern("BROKEN +database +The database jdbc:postgresql://127.0.0.1:1/db does not take us")
                .contains("-> check DYNO_DATABASE_URL", "many cannot be had")
                .doesNotContain("hidden");
    }

    @Test
    void knowsWhatIsTooLittleAndWhatTooMuch() {
        assertThat(MachineCheck.java(Runtime.Version.parse("24.0.1")).level()).isEqualTo(Level.BROKEN);
        assertThat(MachineCheck.memory(1L << 30).level()).isEqualTo(Level.ATTENTION);
        assertThat(MachineCheck.memory(8L << 30).level()).isEqualTo(Level.FINE);
        assertThat(FolderCheck.room(1L << 30).level()).isEqualTo(Level.BROKEN);
        assertThat(FolderCheck.room(5L << 30).level()).isEqualTo(Level.ATTENTION);
        assertThat(FolderCheck.room(50L << 30).level()).isEqualTo(Level.FINE);
        assertThat(DatabaseCheck.clocks(Duration.ofSeconds(3)).level()).isEqualTo(Level.ATTENTION);
        assertThat(NoiseCheck.cpus(1).level()).isEqualTo(Level.ATTENTION);
        assertThat(NoiseCheck.steal(0.1).level()).isEqualTo(Level.ATTENTION);
        assertThat(NoiseCheck.load(1.5, 2).level()).isEqualTo(Level.ATTENTION);
        assertThat(NoiseCheck.load(0.5, 2).level()).isEqualTo(Level.FINE);
    }

    @Test
    void saysWhereItMayNotWrite() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThat(FolderCheck.of(Path.of("/proc/sys")).getFirst().level()).isEqualTo(Level.BROKEN);
        assertThat(FolderCheck.of(file.resolveSibling("new/folder")).getFirst().fact())
                .endsWith(", to be made");
    }

    private int doctor(Map<String, String> environment) {
        var line = new CommandLine(new Doctor(environment, new PrintWriter(out, true)));
        return line.execute("--data", folder.toString());
    }
}
