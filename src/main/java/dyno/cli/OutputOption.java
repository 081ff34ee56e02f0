package dyno.cli;

import picocli.CommandLine.Option;

/// `--json`, the same everywhere.
final class OutputOption {

    @Option(names = "--json", description = "Print one JSON object and nothing else; progress and errors go to stderr.")
    private boolean json;

    boolean isJson() {
        return json;
    }
}
