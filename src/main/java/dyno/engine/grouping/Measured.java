package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.Phase.Clock;
import dyno.engine.kernel.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sums over the measured invocations, and what the last one wrote. Used by one thread at a time.
final class Measured {

    private static final String INSIDE_GROUP = "INSIDE_GROUP";

    private final GroupingWorkload workload;
    private long invocations;
    private long readNanos;
    private long groupNanos;
    private long encodeNanos;
    private long writeNanos;
    private long readThreadNanos;
    private long queryNanos;
    private long listingNanos;
    private long queries;
    private double encodeSeconds;
    private double compressSeconds;
    private double imbalance;
    private double firstSeconds = -1;
    private @Nullable Invocation lastRun;
    private @Nullable OutputTotals last;
    private @Nullable Manifest files;

    Measured(GroupingWorkload workload) {
        this.workload = workload;
    }

    void restart() {
        invocations = 0;
        readNanos = 0;
        groupNanos = 0;
        encodeNanos = 0;
        writeNanos = 0;
        readThreadNanos = 0;
        queryNanos = 0;
        listingNanos = 0;
        queries = 0;
        encodeSeconds = 0;
        compressSeconds = 0;
        imbalance = 0;
    }

    void add(Invocation run, OutputTotals totals, long nanos) {
        if (firstSeconds < 0) {
            firstSeconds = nanos / 1e9;
        }
        invocations++;
        readNanos += Objects.requireNonNullElse(run.readNanos, 0L);
        readThreadNanos += Objects.requireNonNullElse(run.readThreadNanos, 0L);
        groupNanos += run.groupNanos;
        encodeNanos += run.encodeNanos;
        writeNanos += run.writeNanos;
        queryNanos += run.queryNanos;
        listingNanos += run.listingNanos;
        queries += run.queries;
        encodeSeconds += totals.encodeSeconds();
        compressSeconds += totals.compressSeconds();
        imbalance += totals.imbalance();
        lastRun = run;
        last = totals;
    }

    void files(Manifest digested) {
        files = digested;
    }

    long inputRows() {
        return run().inputRows;
    }

    List<Phase> phases() {
        var phases = new ArrayList<Phase>();
        phases.add(
                run().readNanos == null ? Phase.unknown("read", Clock.WALL, INSIDE_GROUP) : phase("read", readNanos));
        phases.add(phase("group", groupNanos));
        phases.add(phase("encode", encodeNanos));
        phases.add(phase("write", writeNanos));
        return phases;
    }

    private Phase phase(String name, long nanos) {
        return Phase.of(name, nanos / 1e9 / Math.max(1, invocations), Clock.WALL);
    }

    Map<String, @Nullable Object> metrics(Input input) {
        var run = run();
        var totals = Objects.requireNonNull(last);
        long n = Math.max(1, invocations);
        var metrics = new Metrics();
        metrics.put("measurements", totals.rows())
                .put("probes", totals.probes())
                .put("records", totals.records())
                .put("trainProbes", totals.file(Side.TRAIN).probes())
                .put("testProbes", totals.file(Side.TEST).probes())
                .put("droppedRows", run.dropped.rows())
                .put("splitProbes", totals.splitProbes())
                .put("inputBytes", input.bytes())
                .put("outputBytes", totals.bytes())
                .put("decodedBytes", totals.decodedBytes())
                .put("compressionRatio", (double) totals.decodedBytes() / totals.bytes())
                .put("spillBytes", run.spillBytes)
                .put("buckets", run.buckets)
                .put("resumedBuckets", run.resumedBuckets);
        sizes(metrics, totals.sizes());
        if (run.readThreadNanos == null) {
            metrics.absent("readThreadSeconds", INSIDE_GROUP);
        } else {
            metrics.put("readThreadSeconds", readThreadNanos / 1e9 / n);
        }
        metrics.put("encodeThreadSeconds", encodeSeconds / n)
                .put("compressThreadSeconds", compressSeconds / n)
                .put("workerImbalance", imbalance / n)
                .put("queries", queries / n)
                .put("firstInvocationSeconds", firstSeconds);
        if (files != null) {
            metrics.put(GroupingEngine.FILES_DIGEST, filesDigest(files));
        }
        if (workload.sampleKeys() != null) {
            extrapolate(metrics, run);
        }
        return metrics.values();
    }

    private static void sizes(Metrics metrics, SizeCounts sizes) {
        var names = List.of("recordBytesMin", "recordBytesP50", "recordBytesP90", "recordBytesP99", "recordBytesMax");
        double[] shares = {0, 0.5, 0.9, 0.99, 1};
        for (int i = 0; i < shares.length; i++) {
            if (sizes.count() == 0) {
                metrics.absent(names.get(i), "NO_RECORDS");
            } else {
                metrics.put(names.get(i), (long) sizes.quantile(shares[i]));
            }
        }
    }

    /// Linear in queries, over the same files.
    private void extrapolate(Metrics metrics, Invocation run) {
        double perQuery = queryNanos / 1e9 / Math.max(1, queries);
        double listing = listingNanos / 1e9 / Math.max(1, invocations);
        double seconds = run.listedProbes * perQuery + listing;
        metrics.put("extrapolated", 1)
                .put("secondsPerQuery", perQuery)
                .put("extrapolatedSeconds", seconds)
                .put("extrapolatedMeasurementsPerSecond", run.inputRows / seconds);
    }

    Map<String, Object> details() {
        var found = files;
        if (found == null) {
            return Map.of();
        }
        var details = new LinkedHashMap<String, Object>();
        for (var file : found.files()) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("bytes", file.bytes());
            facts.put("sha256", Objects.requireNonNull(file.sha256()));
            facts.put("contentDigest", Objects.requireNonNull(file.contentDigest()));
            facts.put("records", file.records());
            facts.put("probes", file.probes());
            facts.put("measurements", file.measurements());
            facts.put("chunks", file.chunks());
            facts.put("decodedBytes", file.decodedBytes());
            details.put(file.name(), facts);
        }
        return Collections.unmodifiableMap(details);
    }

    /// Of both files' bytes.
    static String filesDigest(Manifest digested) {
        var sha = new Sha256();
        for (var file : digested.files()) {
            byte[] text = Objects.requireNonNull(file.sha256()).getBytes(UTF_8);
            sha.update(text, 0, text.length);
        }
        return sha.hex();
    }

    private Invocation run() {
        return Objects.requireNonNull(lastRun, "nothing was invoked");
    }
}
