package dyno;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What every command on a data folder takes.
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DYNO_DATA:-data}",
            description = "the service's data folder (DYNO_DATA, default ./data)")
    private Path data = Path.of("");

    Path data() {
        return data;
    }
}
