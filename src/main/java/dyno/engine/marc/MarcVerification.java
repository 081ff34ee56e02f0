package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.Implementation;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Sink;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Checks a trial's output in passes that nobody times. Used once, by one thread.
final class MarcVerification {

    private static final int PARALLEL_RUNS = 3;

    /// Beyond this many bytes of input a short verification leaves out what parses or dumps everything.
    private static final long SHORT_BYTES = 8 << 20;

    private final MarcWorkload workload;
    private final TrialContext context;
    private final Inputs inputs;
    private final Runners runners;
    private final Runner runner;
    private final boolean looksClosely;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable Totals counted;

    MarcVerification(MarcWorkload workload, TrialContext context, Inputs inputs, Runners runners, Runner runner) {
        this.workload = workload;
        this.context = context;
        this.inputs = inputs;
        this.runners = runners;
        this.runner = runner;
        this.looksClosely = context.depth() == Depth.FULL || inputs.bytes() <= SHORT_BYTES;
    }

    /// @param last        result of the last invocation
    /// @param unstable    how another invocation's differed; null where none did
    /// @param storedFiles where the last invocation's output stands, by file
    Verification verify(RunResult last, @Nullable String unstable, IntFunction<Path> storedFiles)
            throws IOException, InterruptedException {
        checks.add(Check.of("recordsAccounted", unaccounted(last.totals)));
        checks.add(Check.of("totalsStable", unstable));
        var parallel = new ArrayList<ParallelRun>();
        if (workload.strategy() != Strategy.SEQUENTIAL) {
            int runs = context.depth() == Depth.FULL ? PARALLEL_RUNS : 1;
            for (int i = 0; i < runs; i++) {
                parallel.add(runParallel());
            }
        }
        var reference = runSequential(parallel, storedFiles);
        checks.add(Check.of("sameErrorsAsSequential", differenceOfErrors(last, parallel, reference.run)));
        if (workload.input().generate() != null && looksClosely) {
            checks.add(new GeneratedInputCheck(workload, context, inputs).check());
        }
        checkContent(last, reference);
        return new Verification(digest(last, reference), null, checks);
    }

    /// Totals with everything counted, where the timed region counts less; null where it counts all.
    @Nullable
    Totals counted() {
        return counted;
    }

    private static @Nullable String unaccounted(Totals totals) {
        return totals.records + totals.dropped == totals.begun
                ? null
                : "%d delivered and %d dropped, but %d begun".formatted(totals.records, totals.dropped, totals.begun);
    }

    private record ParallelRun(RunResult run, List<DigestedOutput> outputs) {}

    private ParallelRun runParallel() throws IOException, InterruptedException {
        var outputs = new ArrayList<DigestedOutput>();
        for (int i = 0; i < inputs.files().size(); i++) {
            outputs.add(new DigestedOutput());
        }
        return new ParallelRun(runner.run(outputs::get, ErrorLog.SHOWN), outputs);
    }

    private record Reference(RunResult run, String outputDigest) {}

    /// Reads everything once more on this thread, and compares the output with that of the parallel runs and
    /// with the files that were written.
    private Reference runSequential(List<ParallelRun> parallel, IntFunction<Path> storedFiles)
            throws IOException, InterruptedException {
        var whole = Digests.sha256();
        var differences = new ArrayList<String>();
        var parser = new OutputParsing(workload, looksClosely);
        var pieceChecks = new ArrayList<List<PieceCheck>>();
        for (int i = 0; i < inputs.files().size(); i++) {
            int file = i;
            pieceChecks.add(parallel.stream()
                    .map(run -> new PieceCheck(run.outputs.get(file).pieces()))
                    .toList());
        }
        var stored = new StoredFiles(
                workload.sink() == Sink.FILE, storedFiles, inputs.files().size());
        byte[] header = Consumers.framing(workload).header();
        RunResult run;
        try (parser;
                stored;
                var sequential = runners.sequential()) {
            run = sequential.run(
                    file -> new StreamedOutput(
                            (bytes, count) -> {
                                whole.update(bytes, 0, count);
                                for (var check : pieceChecks.get(file)) {
                                    check.accept(bytes, count);
                                }
                                stored.compare(file, bytes, count);
                                parser.accept(file, bytes, count);
                            },
                            header),
                    ErrorLog.SHOWN);
            for (int i = 0; i < pieceChecks.size(); i++) {
                for (var check : pieceChecks.get(i)) {
                    addIfNotNull(differences, i, check.difference());
                }
            }
            addIfNotNull(differences, 0, stored.difference());
            parser.addChecks(run, checks);
        }
        for (var other : parallel) {
            if (!other.run.totals.sameAs(run.totals)) {
                differences.add("%s; sequential: %s".formatted(other.run.totals, run.totals));
            }
        }
        if (!parallel.isEmpty() || workload.sink() == Sink.FILE) {
            checks.add(
                    Check.of("sameOutputAsSequential", differences.isEmpty() ? null : String.join("; ", differences)));
        }
        return new Reference(run, Digests.labelled(whole.digest()));
    }

    private static void addIfNotNull(List<String> differences, int file, @Nullable String difference) {
        if (difference != null) {
            differences.add("file %d: %s".formatted(file, difference));
        }
    }

    private static @Nullable String differenceOfErrors(
            RunResult last, List<ParallelRun> parallel, RunResult reference) {
        String expected = reference.log.fingerprint();
        if (!last.log.fingerprint().equals(expected)) {
            return "invocation: %s; sequential: %s".formatted(last.log.fingerprint(), expected);
        }
        for (var other : parallel) {
            boolean isSame = other.run.log.fingerprint().equals(expected)
                    && other.run.log.first().equals(reference.log.first())
                    && other.run.log.counts().equals(reference.log.counts());
            if (!isSame) {
                return "parallel: %s %s; sequential: %s %s"
                        .formatted(
                                other.run.log.fingerprint(), other.run.log.counts(), expected, reference.log.counts());
            }
        }
        return null;
    }

    private void checkContent(RunResult last, Reference reference) throws IOException, InterruptedException {
        boolean isClean = last.log.total() == 0;
        var operation = workload.operation();
        if (workload.implementation() == Implementation.MARC4J) {
            var peer = new PeerCheck(workload, inputs.files(), runners, context.cancellation());
            counted = peer.count();
            if (looksClosely) {
                checks.add(peer.check());
            }
            return;
        }
        if (operation == Operation.READ && isClean) {
            checks.add(AllocationCheck.check(workload, inputs.files()));
        }
        if (operation == Operation.ROUND_TRIP || operation == Operation.WRITE) {
            checkRoundTrip(isClean, reference);
        }
    }

    private void checkRoundTrip(boolean isClean, Reference reference) throws IOException, InterruptedException {
        var generate = workload.input().generate();
        boolean isOurs = generate != null && generate.encoding() == Encoding.UTF8 && isClean;
        boolean isIdentical = reference.outputDigest.equals(inputs.digest());
        if (isIdentical || isOurs) {
            checks.add(Check.of(
                    "roundTripIdentical",
                    isIdentical ? null : "output %s, input %s".formatted(reference.outputDigest, inputs.digest())));
        } else if (looksClosely) {
            checks.add(
                    new RereadCheck(workload, context, runners, inputs.files().size()).check());
        }
    }

    private String digest(RunResult last, Reference reference) {
        if (!Phases.onlyReads(workload.operation())) {
            return reference.outputDigest;
        }
        var totals = counted == null ? last.totals : counted;
        var lines = new StringBuilder("records=").append(totals.records).append('\n');
        lines.append("fields=").append(totals.fields).append('\n');
        if (workload.implementation() == Implementation.MARC4J) {
            lines.append("subfields=").append(totals.subfields).append('\n');
        } else if (workload.operation() == Operation.READ) {
            lines.append("tagSum=").append(totals.tagSum).append('\n');
            lines.append("fieldLengthSum=").append(totals.fieldLengthSum).append('\n');
        } else {
            lines.append("subfields=").append(totals.subfields).append('\n');
            lines.append("valueChars=").append(totals.valueChars).append('\n');
        }
        return Digests.labelled(Digests.sha256().digest(lines.toString().getBytes(UTF_8)));
    }
}
