package dyno.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {

    private static final int ROOT = 0;
    private static final int SOMEBODY = 1000;

    @TempDir
    private Path programs;

    @Test
    void runsProgramsAsTheyAreForANormalUser() throws Exception {
        assertThat(Account.of(SOMEBODY, new SearchPath(List.of())).command(List.of("postgres")))
                .containsExactly("postgres");
    }

    @Test
    void takesRootsPowersAwayInAUserNamespace() throws Exception {
        var unshare = program("unshare", "exit 0");

        assertThat(Account.of(ROOT, path()).command(List.of("postgres", "-D", "x")))
                .containsExactly(unshare.toString(), "--user", "--", "postgres", "-D", "x");
    }

    @Test
    void refusesRootWhereUserNamespacesAreRefused() throws Exception {
        program("unshare", "echo 'unshare failed: Operation not permitted' >&2; exit 1");

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> Account.of(ROOT, path()))
                .withMessageContaining("(unshare failed: Operation not permitted)")
                .withMessageContaining("DYNO_DATABASE_URL");
    }

    @Test
    void refusesRootWhereThereIsNoUnshare() {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> Account.of(ROOT, path()))
                .withMessageContaining("there is no program unshare");
    }

    private SearchPath path() {
        return new SearchPath(List.of(programs));
    }

    private Path program(String name, String script) throws IOException {
        var file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
