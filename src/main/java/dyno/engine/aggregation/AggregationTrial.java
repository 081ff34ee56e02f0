package dyno.engine.aggregation;

import dyno.engine.Databases;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.InputFacts;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Warning;
import dyno.engine.Work;
import dyno.engine.kernel.NanoTime;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A case in one fork: input on disk, threads and table ready.
final class AggregationTrial implements Trial {

    private final AggregationWorkload workload;
    private final TrialContext context;
    private final AggregationSettings settings;
    private final TrialInput input;
    private final InputTables tables;
    private final Set<Table> read;
    private final Stopwatch loadTime = new Stopwatch(NanoTime.system());
    private final PeakMemory peakMemory = new PeakMemory();
    private final List<Long> checksums = new ArrayList<>();
    /// The last result whose checksum nobody took yet.
    private @Nullable Result unsummed;

    /// Of the source, that were there before: a kept schema may hold other periods.
    private long rowsOutside;
    private final @Nullable Aggregation aggregation;
    private final @Nullable DuckStrategy duck;
    private @Nullable Loader loader;
    private @Nullable Result last;
    private OptionalLong peakBytes = OptionalLong.empty();
    private S3Store.Traffic trafficStart = S3Store.Traffic.NONE;
    private S3Store.Traffic traffic = S3Store.Traffic.NONE;
    private double validateSeconds;
    private double invocationNanos;
    private long invocations;

    private AggregationTrial(
            AggregationWorkload workload, TrialContext context, AggregationSettings settings, TrialInput input) {
        this.workload = workload;
        this.context = context;
        this.settings = settings;
        this.input = input;
        this.tables = input.tables();
        this.read = EnumSet.copyOf(Aggregation.wanted(workload));
        if (workload.strategy() == Strategy.DUCKDB) {
            this.duck = new DuckStrategy(workload, tables, context, settings.textCacheBytes());
            this.aggregation = null;
        } else {
            this.duck = null;
            this.aggregation = new Aggregation(workload, tables, context.cancellation(), settings.textCacheBytes());
        }
    }

    /// @throws EngineException where the input is damaged or lacks a table, the disk is full, or the database refuses
    static AggregationTrial prepare(AggregationWorkload workload, TrialContext context, AggregationSettings settings)
            throws IOException, InterruptedException {
        var input = TrialInput.of(workload, context, settings);
        try {
            requireTables(workload, input.tables());
            var trial = new AggregationTrial(workload, context, settings, input);
            try {
                trial.openDatabase();
                return trial;
            } catch (Throwable e) {
                trial.closeWork();
                throw e;
            }
        } catch (Throwable e) {
            input.close();
            throw e;
        }
    }

    private static void requireTables(AggregationWorkload workload, InputTables tables) throws IOException {
        if (workload.makes(Output.STORAGE) && tables.of(Table.STORAGE).isEmpty()) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT, "outputs holds STORAGE, but the input has no storage table");
        }
        if (workload.makes(Output.STORAGE)) {
            for (var file : tables.of(Table.POD_USAGE)) {
                requirePods(file);
            }
        }
        if (workload.makes(Output.UNALLOCATED) && tables.of(Table.NODES).isEmpty()) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT, "outputs holds UNALLOCATED, but the input has no node table");
        }
    }

    private static void requirePods(InputFile file) throws IOException {
        try (var parquet = file.open()) {
            if (parquet.find(PodReader.POD).isEmpty()) {
                throw new EngineException(
                        FailureCode.INVALID_INPUT,
                        "%s has no column %s, by which outputs STORAGE finds the nodes of claims"
                                .formatted(file.name(), PodReader.POD));
            }
        }
    }

    private void openDatabase() throws IOException, InterruptedException {
        if (!workload.isLoading()) {
            return;
        }
        var kept = workload.outputSchema();
        var account = Databases.account(context.secrets(), Databases.SERVICE);
        loader = kept == null
                ? Loader.scratch(account, workload, context)
                : Loader.kept(account, workload, kept, settings.keepSchemas(), context.cancellation());
        // So that every timed load replaces a full period.
        var result = aggregate();
        rowsOutside = loader.rowsWithinAndOutside(span(result))[1];
        load(loader, result);
        loader.vacuum();
    }

    @Override
    public Work invoke() throws IOException, InterruptedException {
        long start = loadTime.now();
        var result = aggregate();
        last = result;
        if (loader != null) {
            long begin = loadTime.now();
            load(loader, result);
            loadTime.add(Stopwatch.Part.LOAD, begin);
        }
        unsummed = result;
        invocations++;
        invocationNanos += loadTime.now() - start;
        return new Work(result.counts().inPeriod, tables.bytes(read));
    }

    @Override
    public void reset() {
        sumUp();
        if (loader != null) {
            loader.vacuum();
        }
    }

    /// Takes the last result's checksum, outside of what is timed.
    private void sumUp() {
        if (unsummed != null) {
            checksums.add(Checksum.of(unsummed));
            unsummed = null;
        }
    }

    private Result aggregate() throws IOException, InterruptedException {
        if (duck != null) {
            return duck.run();
        }
        return Objects.requireNonNull(aggregation).run();
    }

    private void load(Loader into, Result result) throws IOException {
        into.replace(result, span(result));
    }

    private Loader.Span span(Result result) {
        var period = workload.period();
        return period != null
                ? new Loader.Span(LocalDate.parse(period.start()), LocalDate.parse(period.end()))
                : new Loader.Span(
                        LocalDate.ofEpochDay(result.counts().firstDay), LocalDate.ofEpochDay(result.counts().lastDay));
    }

    @Override
    public void measuringStarts() {
        if (aggregation != null) {
            aggregation.reset();
        }
        if (duck != null) {
            duck.stopwatch().reset();
        }
        loadTime.reset();
        invocations = 0;
        invocationNanos = 0;
        trafficStart = traffic();
        peakMemory.reset();
    }

    @Override
    public Verification verify() throws IOException, InterruptedException {
        peakBytes = peakMemory.bytes();
        sumUp();
        long start = loadTime.now();
        var result = Objects.requireNonNull(last, "verify() before invoke()");
        if (aggregation != null) {
            // Verifying takes as much, in tables of its own.
            aggregation.release();
        }
        traffic = traffic();
        var verification = new Verifier(workload, input, context, settings, checksums)
                .verify(result, loader == null ? null : new Verifier.Loaded(loader, span(result), rowsOutside));
        validateSeconds = (loadTime.now() - start) / 1e9;
        return verification;
    }

    @Override
    public TrialReport report() {
        var result = Objects.requireNonNull(last, "report() before invoke()");
        var metrics = new Metrics();
        new CaseMetrics(workload, tables, read, result, tally(), metrics)
                .put(invocationNanos / 1e9 / Math.max(1, invocations), seconds(Stopwatch.Part.LOAD), loader != null);
        putTraffic(metrics);
        if (context.depth() == Depth.SHORT) {
            metrics.absent("peakRssBytes", "SHARED_JVM").absent("bytesPerInputRow", "SHARED_JVM");
        } else if (peakBytes.isPresent()) {
            metrics.put("peakRssBytes", peakBytes.getAsLong())
                    .put("bytesPerInputRow", (double) peakBytes.getAsLong() / result.counts().inPeriod);
        } else {
            metrics.absent("peakRssBytes", "CANNOT_RESET").absent("bytesPerInputRow", "CANNOT_RESET");
        }
        return new TrialReport(
                phases(),
                metrics.values(),
                warnings(result),
                Map.of(),
                new InputFacts(
                        tables.digest(), null, tables.rows(Table.POD_USAGE), tables.bytes(EnumSet.allOf(Table.class))));
    }

    private S3Store.Traffic traffic() {
        return Objects.requireNonNullElse(input.traffic(), S3Store.Traffic.NONE);
    }

    private void putTraffic(Metrics metrics) {
        if (input.traffic() == null) {
            metrics.absent("s3Requests", "READ_FROM_FILES")
                    .absent("s3Bytes", "READ_FROM_FILES")
                    .absent("s3Retries", "READ_FROM_FILES");
            return;
        }
        var timed = traffic.since(trafficStart);
        metrics.put("s3Requests", timed.requests() / Math.max(1, invocations))
                .put("s3Bytes", timed.bytes() / Math.max(1, invocations))
                .put("s3Retries", timed.retries());
    }

    private Tally tally() {
        return duck != null ? duck.tally() : Objects.requireNonNull(aggregation).tally();
    }

    /// Seconds an invocation.
    private double seconds(Stopwatch.Part part) {
        double all = part == Stopwatch.Part.LOAD
                ? loadTime.nanos(part) / 1e9
                : duck != null
                        ? duck.stopwatch().nanos(part) / 1e9
                        : Objects.requireNonNull(aggregation).seconds(part);
        return all / Math.max(1, invocations);
    }

    private List<Phase> phases() {
        var phases = new ArrayList<Phase>();
        for (var part : Stopwatch.Part.values()) {
            if (part != Stopwatch.Part.LOAD || loader != null) {
                phases.add(Phase.of(part.phase(), seconds(part), Phase.Clock.WALL));
            }
        }
        phases.add(Phase.of("validate", validateSeconds, Phase.Clock.WALL));
        return phases;
    }

    private List<Warning> warnings(Result result) {
        var warnings = new ArrayList<Warning>();
        if (workload.workers() > context.machine().processors()) {
            warnings.add(new Warning(
                    "OVERSUBSCRIBED",
                    "%d workers share %d processors"
                            .formatted(workload.workers(), context.machine().processors())));
        }
        if (result.facts().missingHours() > 0) {
            warnings.add(new Warning(
                    "MISSING_HOURS",
                    "days of nodes are %d hours short of 24"
                            .formatted(result.facts().missingHours())));
        }
        if (workload.sums() == Sums.DOUBLE) {
            warnings.add(new Warning(
                    "INEXACT_SUMS", "double sums agree within 1e-9; the digest is of this order of rows only"));
        }
        return List.copyOf(warnings);
    }

    @Override
    public void close() throws IOException {
        try (input) {
            closeWork();
        }
    }

    private void closeWork() throws IOException {
        try {
            if (loader != null) {
                loader.close();
            }
        } finally {
            if (aggregation != null) {
                aggregation.close();
            }
            if (duck != null) {
                duck.close();
            }
        }
    }
}
