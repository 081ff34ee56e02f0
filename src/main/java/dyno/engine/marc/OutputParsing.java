package dyno.engine.marc;

import dyno.engine.Verification.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses the output of each file, where it is JSON or XML. Used by one thread at a time.
final class OutputParsing implements AutoCloseable {

    private final MarcWorkload workload;
    private final @Nullable String checkName;
    private final List<ParseCheck> parsers = new ArrayList<>();

    /// @param isWanted whether to parse at all
    OutputParsing(MarcWorkload workload, boolean isWanted) {
        this.workload = workload;
        this.checkName = isWanted ? name(workload) : null;
    }

    private static @Nullable String name(MarcWorkload workload) {
        return switch (workload.operation()) {
            case JSON, MARCJSON -> "jsonParses";
            case MARCXML, DUBLIN_CORE -> "xmlWellFormed";
            case READ, READ_EAGER, EXTRACT, CSV, WRITE, ROUND_TRIP -> null;
        };
    }

    void accept(int file, byte[] bytes, int count) throws IOException {
        if (checkName != null) {
            while (parsers.size() <= file) {
                parsers.add(new ParseCheck(workload.operation(), workload.jsonContainer()));
            }
            parsers.get(file).accept(bytes, count);
        }
    }

    void addChecks(RunResult run, List<Check> checks) throws IOException, InterruptedException {
        if (checkName == null) {
            return;
        }
        String difference = null;
        for (int i = 0; i < parsers.size(); i++) {
            String found = parsers.get(i).difference(run.files.get(i).records);
            if (difference == null && found != null) {
                difference = "file %d: %s".formatted(i, found);
            }
        }
        checks.add(Check.of(checkName, difference));
    }

    @Override
    public void close() throws IOException {
        for (var parser : parsers) {
            parser.close();
        }
    }
}
