package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private final Played played = new Played();

    @Test
    void listsEveryCommand() {
        assertThat(played.run("--help")).isEqualTo(ExitCode.FINE);

        assertThat(played.out())
                .contains(
                        "  bench ",
                        "  job ",
                        "  compare ",
                        "  dataset ",
                        "  suites ",
                        "  serve ",
                        "  keys ",
                        "  test ",
                        "Exit codes: 0 fine");
        assertThat(played.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench",
                "job",
                "job submit",
                "job get",
                "job watch",
                "job cancel",
                "compare",
                "dataset",
                "dataset put",
                "dataset list",
                "dataset get",
                "dataset delete",
                "suites",
                "suites plan",
                "generate",
                "arrayrecord",
                "arrayrecord describe",
                "arrayrecord cat",
                "arrayrecord pack",
                "arrayrecord verify",
                "serve",
                "keys",
                "doctor",
                "backup",
                "restore",
                "test"
            })
    void helpsWithEveryCommand(String command) {
        assertThat(played.run((command + " --help").split(" "))).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).startsWith("Usage: dyno " + command);
        assertThat(played.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bench",
                "bench a b",
                "bench --fast a",
                "job",
                "job get",
                "compare a",
                "dataset put a",
                "dataset get",
                "suites x"
            })
    void rejectsWhatItDoesNotKnow(String line) {
        assertThat(played.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).contains("Usage: dyno");
        assertThat(played.out()).isEmpty();
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(played.run("bnech")).isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).contains("'bnech'", "dyno bench");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "ftp://host", "http://", "http://host?x=1", "not an address", "http:/x"})
    void rejectsAServerThatIsNotAnAddress(String server) {
        assertThat(played.run("suites", "--server", server)).isEqualTo(ExitCode.USAGE);

        assertThat(played.err())
                .isEqualTo("--server is '%s', which is not an address like http://127.0.0.1:8080\n".formatted(server));
    }

    @Test
    void prefersAFolderOnTheCommandLineToAServerInTheEnvironment() {
        played.with("DYNO_SERVER", "http://127.0.0.1:1");

        assertThat(played.run("suites", "--data", "no-such-folder")).isEqualTo(ExitCode.COULD_NOT_START);

        assertThat(played.err()).startsWith("No service runs on no-such-folder;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "keys", "doctor", "test"})
    void leavesOtherFacesToOthers(String command) {
        assertThat(played.run(command)).isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).contains("./dyno " + command);
    }
}
