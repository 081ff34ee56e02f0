package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.InputFacts;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Warning;
import dyno.engine.Work;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import dyno.engine.kernel.Closing;
import dyno.engine.kernel.NanoTime;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A case of the engine in one fork: input made, threads and DuckDB ready.
final class GroupingTrial implements Trial {

    private static final int HASH_BYTES = 1 << 16;
    private static final List<String> OUTPUTS = List.of(Side.TRAIN.fileName(), Side.TEST.fileName(), Manifest.NAME);

    private final GroupingWorkload workload;
    private final TrialContext context;
    private final LongSupplier clock = NanoTime.system();
    private final Input input;
    private final Path folder;
    private final Stage stage;
    private final @Nullable DuckSession duck;
    private final Grouping grouping;
    private final Measured measured;
    private final FileMaker maker;
    private @Nullable Manifest manifest;
    private @Nullable OutputTotals first;
    private @Nullable String unstable;

    private GroupingTrial(GroupingWorkload workload, TrialContext context, Input input, Path folder, FileMaker maker) {
        this.workload = workload;
        this.maker = maker;
        this.context = context;
        this.input = input;
        this.folder = folder;
        this.measured = new Measured(workload);
        this.stage = new Stage(workload.workers(), context.cancellation());
        this.duck = usesDuck(workload.strategy())
                ? new DuckSession(workload, context.scratch(), context.cancellation())
                : null;
        this.grouping = grouping();
    }

    /// Makes the input where it is not there, and opens what an invocation does not pay for.
    static GroupingTrial prepare(GroupingWorkload workload, TrialContext context) throws IOException {
        return prepare(workload, context, FileMaker.DISK);
    }

    /// @param maker of the output's files
    static GroupingTrial prepare(GroupingWorkload workload, TrialContext context, FileMaker maker) throws IOException {
        var input = input(workload, context);
        var folder = Files.createDirectories(context.scratch().resolve("output"));
        // By the file system's clock, as all times that it is compared with.
        var now = Files.getLastModifiedTime(folder);
        if (workload.input().generate() != null) {
            MadeFiles.used(input, now);
        }
        SpillSweep.sweep(context.cache(), now.toInstant());
        return new GroupingTrial(workload, context, input, folder, maker);
    }

    private static Input input(GroupingWorkload workload, TrialContext context) throws IOException {
        var generate = workload.input().generate();
        if (generate != null) {
            var made = MadeFiles.in(
                    context.cache(), context.scratch().resolve("making"), generate, context.cancellation());
            return Input.of(made, "sha256:" + MadeFiles.digest(generate));
        }
        var name = Objects.requireNonNull(workload.input().dataset(), "neither generate nor dataset");
        var stored = context.datasets().get(name);
        if (stored == null) {
            throw new EngineException(FailureCode.INVALID_INPUT, "There is no dataset " + name);
        }
        var files = Input.of(stored, "");
        return new Input(digest(files, context), files.paths(), files.bytes());
    }

    /// Of all files' bytes, one after another.
    private static String digest(Input files, TrialContext context) throws IOException {
        var sha = new Sha256();
        byte[] buffer = new byte[HASH_BYTES];
        for (var path : files.paths()) {
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                for (int got = channel.read(ByteBuffer.wrap(buffer));
                        got >= 0;
                        got = channel.read(ByteBuffer.wrap(buffer))) {
                    context.cancellation().check();
                    sha.update(buffer, 0, got);
                }
            }
        }
        return sha.prefixed();
    }

    private static boolean usesDuck(Strategy strategy) {
        return switch (strategy) {
            case QUERY_PER_KEY, SQL_GROUP_BY -> true;
            case STREAMING, COLUMNAR -> false;
        };
    }

    private Grouping grouping() {
        return switch (workload.strategy()) {
            case COLUMNAR -> new ColumnarGrouping();
            case STREAMING -> new StreamingGrouping(context.scratch(), context.cache());
            case SQL_GROUP_BY -> new SqlGrouping(Objects.requireNonNull(duck), workload.sqlTransport());
            case QUERY_PER_KEY -> new QueryPerKeyGrouping(Objects.requireNonNull(duck));
        };
    }

    /// Removes the files of the invocation before: whoever groups measurements does so into an empty folder, and taking
    /// the place of a file of the same name makes the file system write that name's new content out at once.
    @Override
    public void reset() throws IOException {
        for (var name : OUTPUTS) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    @Override
    public Work invoke() throws IOException, InterruptedException {
        long start = clock.getAsLong();
        var run = new Invocation(workload, input, folder, stage, clock, maker);
        OutputTotals totals;
        try {
            totals = grouping.group(run);
            long closing = clock.getAsLong();
            var counts = counts(run, totals);
            counts.write(folder);
            manifest = counts;
            run.writeNanos += clock.getAsLong() - closing;
        } catch (IOException e) {
            throw DiskTrouble.of(e, folder, GroupingEngine.scratchBytes(workload));
        }
        compare(totals);
        measured.add(run, totals, clock.getAsLong() - start);
        long items = workload.sampleKeys() == null ? totals.rows() : run.queries;
        return new Work(items, totals.bytes());
    }

    private Manifest counts(Invocation run, OutputTotals totals) {
        var files = List.of(facts(totals, Side.TRAIN), facts(totals, Side.TEST));
        return new Manifest(
                input.digest(),
                input.paths().size(),
                run.inputRows,
                run.dropped,
                totals.splitProbes(),
                totals.maxParts(),
                workload,
                files);
    }

    private static Manifest.FileFacts facts(OutputTotals totals, Side side) {
        var file = totals.file(side);
        var written = file.written();
        return new Manifest.FileFacts(
                side.fileName(),
                written.bytes(),
                null,
                null,
                written.records(),
                file.probes(),
                file.rows(),
                written.chunks(),
                written.decodedBytes());
    }

    private void compare(OutputTotals totals) {
        if (first == null) {
            first = totals;
            return;
        }
        for (var side : Side.values()) {
            if (unstable == null
                    && first.file(side).fingerprint() != totals.file(side).fingerprint()) {
                unstable = "%s: chunk hashes fold to %016x, in the first iteration to %016x"
                        .formatted(
                                side.fileName(),
                                totals.file(side).fingerprint(),
                                first.file(side).fingerprint());
            }
        }
    }

    @Override
    public void measuringStarts() {
        measured.restart();
    }

    @Override
    public Verification verify() throws IOException, InterruptedException {
        var written = Objects.requireNonNull(manifest, "nothing was invoked");
        var verification = new GroupingVerification(workload, input, folder, context.cancellation()::check);
        if (workload.sampleKeys() == null) {
            var result = verification.verify(written, unstable, null);
            finishManifest(verification, written, result);
            return result;
        }
        var reference = Files.createDirectories(context.scratch().resolve("reference"));
        new ColumnarGrouping().group(new Invocation(workload, input, reference, stage, clock, FileMaker.DISK));
        var result = verification.verify(written, unstable, reference);
        finishManifest(verification, written, result);
        MadeFiles.delete(reference);
        return result;
    }

    private void finishManifest(GroupingVerification verification, Manifest written, Verification result)
            throws IOException {
        if (result.digest() != null) {
            var whole = verification.digested(written);
            whole.write(folder);
            measured.files(whole);
        }
        if (workload.keepOutput() && context.fork() == 0 && result.isPassed()) {
            var kept = Files.createDirectories(context.kept());
            for (var name : OUTPUTS) {
                Files.move(folder.resolve(name), kept.resolve(name));
            }
        }
    }

    @Override
    public TrialReport report() {
        var generate = workload.input().generate();
        long rows = measured.inputRows();
        var facts = generate == null
                ? InputFacts.ofDataset(rows, input.bytes())
                : new InputFacts(input.digest(), null, rows, input.bytes());
        var warnings = List.of(
                new Warning("PAGE_CACHE", "input and output stay in the page cache; nothing is synced to the disk"));
        return new TrialReport(measured.phases(), measured.metrics(input), warnings, measured.details(), facts);
    }

    @Override
    public void close() throws IOException {
        Closing.all(grouping, stage, duck).close();
    }
}
