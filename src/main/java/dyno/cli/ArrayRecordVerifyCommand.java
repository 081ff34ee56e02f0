package dyno.cli;

import dyno.engine.Verification.Check;
import dyno.engine.grouping.ProbeFileCheck;
import dyno.engine.grouping.ProbeFileFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

/// Checks ArrayRecord files, and probe records in them, as far as that needs no input.
@Command(
        name = "verify",
        description = {
            "Check every byte of files, and every probe record where that is what they hold.",
            "Files of other records are checked as ArrayRecord files only, and the answer says so."
        })
final class ArrayRecordVerifyCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files = List.of();

    @Option(
            names = "--max-row-bytes",
            paramLabel = "N",
            description = {"The limit that the files were written with, which they do not tell: adds rowLimitHolds."})
    private @Nullable Integer maxRowBytes;

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Session session;

    ArrayRecordVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        files.forEach(ArrayRecordCommand::requireFile);
        var limit = maxRowBytes == null ? OptionalInt.empty() : OptionalInt.of(maxRowBytes);
        var tree = Json.object();
        var list = tree.putArray("files");
        boolean isValid = true;
        for (var file : files) {
            boolean holdsProbes = ProbeFileCheck.holdsProbeRecords(file);
            var facts = holdsProbes ? ProbeFileCheck.check(file, limit) : ProbeFileCheck.checkFormat(file);
            isValid &= facts.isValid();
            if (output.isJson()) {
                add(list, file, facts, holdsProbes);
            } else {
                print(file, facts, holdsProbes);
            }
        }
        if (output.isJson()) {
            tree.put("valid", isValid);
            session.terminal().out().println(Json.pretty(tree));
        }
        return isValid ? ExitCode.FINE : ExitCode.JOB_FAILED;
    }

    private void print(Path file, ProbeFileFacts facts, boolean holdsProbes) {
        var out = session.terminal().out();
        out.println("%s: %s, %d records%s"
                .formatted(
                        file,
                        facts.isValid() ? "valid" : "NOT VALID",
                        facts.records(),
                        holdsProbes
                                ? " of %d probes with %d measurements".formatted(facts.probes(), facts.measurements())
                                : ", which are no probe records"));
        facts.checks().stream()
                .filter(check -> !check.passed())
                .forEach(check -> out.println("  " + check.name() + ": " + check.detail()));
    }

    private static void add(ArrayNode list, Path file, ProbeFileFacts facts, boolean holdsProbes) {
        var entry = list.addObject()
                .put("file", file.toString())
                .put("valid", facts.isValid())
                .put("content", holdsProbes ? "PROBES" : "OTHER")
                .put("records", facts.records())
                .put("decodedBytes", facts.decodedBytes());
        if (holdsProbes) {
            entry.put("probes", facts.probes())
                    .put("measurements", facts.measurements())
                    .put("splitProbes", facts.splitProbes())
                    .put("maxPartsPerProbe", facts.maxParts())
                    .put("contentDigest", facts.contentDigest());
        }
        var checks = entry.putArray("checks");
        for (Check check : facts.checks()) {
            checks.addObject()
                    .put("name", check.name())
                    .put("passed", check.passed())
                    .put("detail", check.detail());
        }
    }
}
