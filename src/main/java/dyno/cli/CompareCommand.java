package dyno.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Compares two runs.
@Command(
        name = "compare",
        description = {
            "Compare run B with run A, case by case.",
            "A may be the name of a baseline. A run compared with itself: its variants with its baseline variant.",
            "The exit code is 4 where a case became worse."
        })
final class CompareCommand extends ClientCommand {

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--margin",
            paramLabel = "SHARE",
            description = "Effects up to it do not matter: 0.03, which is the default, is 3 %%.")
    private @Nullable String margin;

    @Parameters(index = "0", paramLabel = "A", description = "Id of the baseline's run, or name of a baseline")
    private String baseline = "";

    @Parameters(index = "1", paramLabel = "B", description = "Id of the candidate's run")
    private String candidate = "";

    CompareCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        var comparison = api.get(path());
        if (output.isJson()) {
            terminal().out().println(Json.pretty(comparison));
        } else {
            new ComparisonReport(terminal()).print("run " + candidate, comparison);
        }
        return ComparisonReport.isRegression(comparison) ? ExitCode.REGRESSION : ExitCode.FINE;
    }

    private String path() {
        String path =
                "/api/v1/comparisons?baseline=%s&candidate=%s".formatted(Api.segment(baseline), Api.segment(candidate));
        return margin == null ? path : path + "&margin=" + Api.segment(margin);
    }
}
