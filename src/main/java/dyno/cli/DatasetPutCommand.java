package dyno.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Uploads files.
@Command(name = "put", description = "Upload files as a new dataset, or add them to one.")
final class DatasetPutCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Which engine reads it, such as marc; makes a new dataset. Without it the files are added to"
                    + " the one that is there.")
    private @Nullable String kind;

    @Parameters(index = "0", paramLabel = "NAME", description = "The dataset's name.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files; they are called there as they are here.")
    private List<Path> files = List.of();

    private final Session session;

    DatasetPutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireFiles();
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            var dataset = Json.object();
            for (int i = 0; i < files.size(); i++) {
                dataset = api.put(path(files.get(i), i == 0 ? kind : null), files.get(i))
                        .asObject();
            }
            new DatasetReport(session.terminal(), output).print(dataset);
            return ExitCode.FINE;
        }
    }

    /// All of them, before the first is sent.
    private void requireFiles() {
        for (var file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new UnusableArgumentException(file + " is not a file that can be read");
            }
        }
    }

    private String path(Path file, @Nullable String kindOfNew) {
        String path = DatasetCommand.PATH + "/" + Api.segment(name);
        String fileName = Api.segment(String.valueOf(file.getFileName()));
        return kindOfNew == null
                ? path + "/files/" + fileName
                : path + "?kind=" + Api.segment(kindOfNew) + "&file=" + fileName;
    }
}
