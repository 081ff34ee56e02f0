package dyno;

import dyno.embedded.EmbeddedPostgres;
import dyno.embedded.EmbeddedPostgresException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ParameterException;

/// The faces `backup` and `restore`: a data folder's embedded database, its datasets and results that
/// wait for it, as one file. The service is stopped meanwhile; the folder's lock sees to that.
final class Backup {

    private static final String CLUSTER = "postgres/cluster";

    private Backup() {}

    static void main(String[] args) {
        run(new BackupOptions.OfBackup(), args, options -> {
            write(options.data(), options.file());
            return "%s holds the database and the datasets of %s (%d bytes)"
                    .formatted(options.file(), options.data(), Files.size(options.file()));
        });
    }

    static void restore(String[] args) {
        run(new BackupOptions.OfRestore(), args, options -> {
            read(options.file(), options.data());
            return "%s holds what %s held; start it with ./dyno serve --data %s"
                    .formatted(options.data(), options.file(), options.data());
        });
    }

    private interface Work {

        /// @return what to say
        String with(BackupOptions options) throws IOException;
    }

    private static void run(BackupOptions options, String[] args, Work work) {
        try {
            if (!options.read(args)) {
                System.out.println(work.with(options));
            }
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.exit(ExitCode.USAGE);
        } catch (CannotStartException | EmbeddedPostgresException e) {
            System.err.println(e.getMessage());
            System.exit(ExitCode.CANNOT_START);
        } catch (IOException e) {
            System.err.println("It failed: " + e);
            System.exit(ExitCode.FAILED);
        }
    }

    /// Writes `file`, which appears once it is whole and on disk.
    ///
    /// @throws CannotStartException where a service has the folder, or it holds no embedded database
    static void write(Path data, Path file) throws IOException {
        if (!Files.isDirectory(data.resolve(CLUSTER))) {
            throw new CannotStartException("There is no embedded database in " + data);
        }
        var folder = DataFolder.take(data);
        try (var _ = folder.lock()) {
            settle(folder.path());
            BackupArchive.write(folder.path(), file);
        }
    }

    /// Makes `data` what `file` holds, or leaves it as it was.
    ///
    /// @throws CannotStartException where a service has the folder, or it holds something already
    static void read(Path file, Path data) throws IOException {
        var folder = DataFolder.take(data);
        try (var _ = folder.lock()) {
            BackupArchive.requireRoom(folder.path());
            BackupArchive.read(file, folder.path());
            settle(folder.path());
        }
    }

    /// Starts the server and stops it: what a crash left is recovered, and everything lies in the tables'
    /// own files.
    private static void settle(Path data) {
        EmbeddedPostgres.start(data.resolve("postgres")).close();
    }
}
