package dyno.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/// The server's tables on disk, and the password that opens them.
///
/// @param directory what PostgreSQL calls the data directory
/// @param password  of the superuser [#USER]
record Cluster(Path directory, String password) {

    static final String USER = "dyno";

    private static final int PASSWORD_BYTES = 24;

    /// Finds the cluster in `folder`, or makes it: UTF-8, ordered by code point on every machine, with data
    /// checksums and passwords for everyone. It appears by a rename once it is whole.
    static Cluster prepare(Path folder, Binaries binaries, Account account) throws IOException, InterruptedException {
        var passwordFile = folder.resolve("password");
        if (!Files.exists(passwordFile)) {
            PrivateFile.write(passwordFile, freshPassword());
        }
        var directory = folder.resolve("cluster");
        if (!Files.exists(directory)) {
            var staging = folder.resolve("cluster.unfinished");
            FileSystemUtils.deleteRecursively(staging);
            initialise(staging, passwordFile, binaries, account);
            Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Cluster(directory, Files.readString(passwordFile));
    }

    private static void initialise(Path staging, Path passwordFile, Binaries binaries, Account account)
            throws IOException, InterruptedException {
        var command = account.command(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + staging,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums"));
        var process = ServerProcess.of(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new EmbeddedPostgresException("PostgreSQL's initdb failed: " + lastLine(output));
        }
    }

    private static String freshPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String lastLine(String output) {
        return output.lines().filter(line -> !line.isBlank()).reduce("no output", (first, last) -> last);
    }
}
