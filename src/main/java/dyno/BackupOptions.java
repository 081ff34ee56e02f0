package dyno;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// The arguments of `backup` and of `restore`.
abstract sealed class BackupOptions {

    @Parameters(paramLabel = "FILE", description = "the backup, a zip file that its owner alone can read")
    private Path file = Path.of("");

    @Mixin
    private DataOption folder = new DataOption();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;

    @Command(
            name = "dyno backup",
            description = "Writes the embedded database, the datasets and results that wait into one file.",
            footer = {"", "The service on the folder has to be stopped.", "Exit codes: 1 it failed, 2 usage, 3 in use."
            })
    static final class OfBackup extends BackupOptions {

        @Override
        boolean isFitting(Path file) {
            return !Files.exists(file);
        }

        @Override
        String complaint() {
            return "%s is there already";
        }
    }

    @Command(
            name = "dyno restore",
            description = "Makes an empty data folder what a backup holds.",
            footer = {"", "Exit codes: 1 it failed, 2 usage, 3 the folder is in use or not empty."})
    static final class OfRestore extends BackupOptions {

        @Override
        boolean isFitting(Path file) {
            return Files.isRegularFile(file);
        }

        @Override
        String complaint() {
            return "%s is no file";
        }
    }

    abstract boolean isFitting(Path file);

    /// With a place for the file.
    abstract String complaint();

    /// @return whether help was asked for and given
    /// @throws ParameterException where the arguments cannot work
    final boolean read(String[] args) {
        var commandLine = new CommandLine(this);
        commandLine.parseArgs(args);
        if (help) {
            commandLine.usage(System.out);
            return true;
        }
        if (!isFitting(file)) {
            throw new ParameterException(commandLine, complaint().formatted(file));
        }
        return false;
    }

    final Path file() {
        return file;
    }

    final Path data() {
        return folder.data();
    }
}
