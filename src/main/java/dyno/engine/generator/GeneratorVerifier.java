package dyno.engine.generator;

import dyno.engine.Metrics;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks what a trial makes, after its iterations, so that nothing here can disturb their profiles.
final class GeneratorVerifier {

    /// The digest covers a whole stream up to twice this, else so much of its beginning and of its end.
    private static final int DIGEST_PART_BYTES = 16 << 20;

    private final GeneratorWorkload workload;
    private final TrialContext context;
    private final List<StreamPass> streams;
    private final ProbeHistory probes;
    private final Metrics metrics;
    private final Content content;
    private final List<Check> checks = new ArrayList<>();

    GeneratorVerifier(
            GeneratorWorkload workload,
            TrialContext context,
            List<StreamPass> streams,
            ProbeHistory probes,
            Metrics metrics) {
        this.workload = workload;
        this.context = context;
        this.streams = streams;
        this.probes = probes;
        this.metrics = metrics;
        this.content = streams.getFirst().content();
    }

    Verification verify() throws IOException, InterruptedException {
        switch (workload.algorithm()) {
            case SECURE_RANDOM -> secureRandom();
            case ZERO -> zero();
            case COUNTER, XOSHIRO, AES_CTR, JDK_RANDOM -> reproducible();
        }
        fileReadBack();
        return workload.algorithm() == Algorithm.SECURE_RANDOM
                ? new Verification(null, "NOT_REPRODUCIBLE", checks)
                : new Verification(digest(content), null, checks);
    }

    /// SHA-256 of stream 0, or of its beginning and its end.
    static String digest(Content content) {
        var sha256 = new Sha256();
        var reader = new StreamReader(content);
        long length = content.length();
        if (length <= 2L * DIGEST_PART_BYTES) {
            reader.pieces(0, length, sha256::update);
        } else {
            reader.pieces(0, DIGEST_PART_BYTES, sha256::update);
            reader.pieces(length - DIGEST_PART_BYTES, DIGEST_PART_BYTES, sha256::update);
        }
        return sha256.prefixed();
    }

    private void reproducible() throws InterruptedException {
        check(
                "goldenVectors",
                GoldenVectors.of(workload.algorithm(), workload.layout(), context.depth()).stream()
                        .map(GoldenVectors.Vector::difference)
                        .filter(java.util.Objects::nonNull)
                        .collect(Collectors.joining("; ")));
        var sameness = new SamenessChecks(workload, content, context.depth());
        check("sameBytesAnyThreadCount", sameness.threads());
        check("sameBytesAnyChunkSize", sameness.chunks());
        check("sameBytesHeapAndNative", sameness.buffers());
        check("sameBytesAnyMode", sameness.modes());
        check("seekEqualsStream", sameness.seeks());
        check("nothingLeftUnwritten", new UnwrittenCheck(content).difference());
        check("probeSumStable", probes.difference(expectedProbeSum()));
        var properties = new ContentChecks(content, context.depth());
        compressRatio(properties);
        check("dedupDistinctUnits", new DedupCheck(content, context.depth()).difference());
        if (workload.layout() == Layout.INTERLEAVED) {
            check("noAccidentalRepeats", properties.accidentalRepeats());
        }
        streamsDiffer();
        check("byteHistogram", properties.byteHistogram());
    }

    private void secureRandom() {
        check("nothingLeftUnwritten", new UnwrittenCheck(content).differenceOfUnrepeatable());
        var properties = new ContentChecks(content, context.depth());
        compressRatio(properties);
        check("byteHistogram", properties.byteHistogram());
        check("twoFillsDiffer", properties.repetition());
    }

    private void zero() throws InterruptedException {
        var sameness = new SamenessChecks(workload, content, context.depth());
        check("allZero", sameness.chunks());
        check("nothingLeftUnwritten", new UnwrittenCheck(content).difference());
        check("probeSumStable", probes.difference(expectedProbeSum()));
        metrics.absent("measuredCompressRatio", "ALL_ZERO");
    }

    private void compressRatio(ContentChecks properties) {
        var measured = properties.compressRatio();
        if (measured.isEmpty()) {
            metrics.absent("measuredCompressRatio", "TOO_FEW_UNITS");
            return;
        }
        metrics.put("measuredCompressRatio", measured.getAsDouble());
        check("compressRatioMeasured", properties.compressRatioDifference(measured.getAsDouble()));
    }

    private void streamsDiffer() {
        if (streams.size() > 1) {
            check(
                    "streamsDiffer",
                    ContentChecks.equalStreams(
                            streams.stream().map(StreamPass::content).toList()));
        }
    }

    private void fileReadBack() throws IOException {
        if (workload.sink() != Sink.FILE || workload.algorithm() == Algorithm.SECURE_RANDOM) {
            return;
        }
        var differences = new StringBuilder();
        for (var stream : streams) {
            if (stream.sink() instanceof FileSink sink) {
                var difference = FileReadBack.difference(sink.file(), stream.content());
                if (difference != null) {
                    differences.append(difference);
                }
            }
        }
        check("fileReadBack", differences.toString());
    }

    private @Nullable Long expectedProbeSum() {
        if (context.depth() == Depth.SHORT
                || streams.stream().anyMatch(stream -> !ProbeSum.isRecomputable(stream.content()))) {
            return null;
        }
        return streams.stream()
                .mapToLong(stream -> ProbeSum.recompute(stream.content()))
                .sum();
    }

    /// @param difference null or empty when nothing differs
    private void check(String name, @Nullable String difference) {
        checks.add(Check.of(name, difference == null || difference.isEmpty() ? null : difference));
    }
}
