package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.Verification;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Checks what the last invocation left: every record of both files, and all of them against the input.
///
/// Used once, by one thread; memory does not grow with the input.
final class GroupingVerification {

    private static final int GROUP_BYTES = 64;
    private static final int FEWEST_GROUPS = 1 << 16;
    private static final int MOST_GROUPS = 2_000_000;

    private final GroupingWorkload workload;
    private final Input input;
    private final Path folder;
    private final Runnable check;
    private final Findings found = new Findings();
    private final Map<Side, OutputCheck> outputs = new EnumMap<>(Side.class);

    GroupingVerification(GroupingWorkload workload, Input input, Path folder, Runnable check) {
        this.workload = workload;
        this.input = input;
        this.folder = folder;
        this.check = check;
    }

    /// @param written   the manifest of the last invocation, without digests
    /// @param unstable  how another invocation's files differed; null where none did
    /// @param reference folder with a COLUMNAR grouping of the whole input, for a sample; null otherwise
    Verification verify(Manifest written, @Nullable String unstable, @Nullable Path reference) throws IOException {
        boolean isReadable = true;
        for (var side : Side.values()) {
            var output = new OutputCheck(folder.resolve(side.fileName()), side, workload, found, check);
            outputs.put(side, output);
            isReadable &= output.read();
        }
        found.begin("sameFilesEveryIteration");
        if (unstable != null) {
            found.fail("sameFilesEveryIteration", unstable);
        }
        if (!isReadable) {
            return new Verification(null, "UNREADABLE_OUTPUT", found.checks());
        }
        if (reference == null) {
            checkAgainstInput();
        } else {
            found.begin("sampleMatches");
            for (var side : Side.values()) {
                var difference = SampleCheck.difference(
                        folder.resolve(side.fileName()), reference.resolve(side.fileName()), check);
                if (difference != null) {
                    found.fail("sampleMatches", difference);
                }
            }
        }
        checkPositions();
        checkManifest(written);
        return new Verification(digest(), null, found.checks());
    }

    private void checkAgainstInput() throws IOException {
        try (var files = InputFiles.open(input.paths())) {
            var summary = new InputSummary(files, check, groupsAtOnce());
            summary.read();
            long rows = sum(OutputCheck::rows);
            found.equal("measurementsConserved", "rows out + dropped", summary.rows, rows + summary.dropped.rows());
            found.equal("probesConserved", "probes out", summary.probes, sum(OutputCheck::probes));
            found.equal("inputMultisetMatches", "sum over rows", summary.rowSum, sum(output -> output.rowSum));
            found.equal(
                    "timeOrdered",
                    "sum over rows of one time in order",
                    summary.groupSum,
                    sum(output -> output.groupSum));
        }
    }

    /// Fewer where memory is bounded.
    private int groupsAtOnce() {
        return workload.strategy() == GroupingWorkload.Strategy.STREAMING
                ? Math.clamp(
                        GroupingEstimate.streamingHeapBytes(workload) / 2 / GROUP_BYTES, FEWEST_GROUPS, MOST_GROUPS)
                : MOST_GROUPS;
    }

    private void checkPositions() {
        if (workload.split() != GroupingWorkload.Split.POSITION || workload.sampleKeys() != null) {
            return;
        }
        long probes = sum(OutputCheck::probes);
        found.equal(
                "splitRuleHolds",
                "train probes",
                (long) Math.floor(probes * workload.trainRatio()),
                output(Side.TRAIN).probes());
        byte[] last = output(Side.TRAIN).lastAddress;
        byte[] first = output(Side.TEST).firstAddress;
        if (last != null && first != null && Arrays.compareUnsigned(last, first) >= 0) {
            found.fail(
                    "splitRuleHolds",
                    "the last train probe %s is not before the first test probe %s"
                            .formatted(new String(last, UTF_8), new String(first, UTF_8)));
        }
    }

    private void checkManifest(Manifest written) throws IOException {
        found.begin("manifestMatches");
        var files = new ArrayList<Manifest.FileFacts>();
        for (var side : Side.values()) {
            var output = output(side);
            files.add(new Manifest.FileFacts(
                    side.fileName(),
                    output.bytes,
                    null,
                    null,
                    output.records(),
                    output.probes(),
                    output.rows(),
                    output.chunks,
                    output.decodedBytes));
        }
        var expected = new Manifest(
                        written.inputDigest(),
                        written.inputFiles(),
                        written.inputRows(),
                        written.dropped(),
                        sum(OutputCheck::splitProbes),
                        Math.max(
                                output(Side.TRAIN).maxParts(), output(Side.TEST).maxParts()),
                        workload,
                        files)
                .text();
        var actual = Files.readString(folder.resolve(Manifest.NAME));
        if (!actual.equals(expected)) {
            found.fail("manifestMatches", "manifest says %s, but the files are %s".formatted(actual, expected));
        }
    }

    /// The manifest with the digests that were taken meanwhile.
    Manifest digested(Manifest written) {
        var files = new ArrayList<Manifest.FileFacts>();
        for (var facts : written.files()) {
            for (var side : Side.values()) {
                if (side.fileName().equals(facts.name())) {
                    files.add(digested(facts, output(side)));
                }
            }
        }
        return new Manifest(
                written.inputDigest(),
                written.inputFiles(),
                written.inputRows(),
                written.dropped(),
                written.splitProbes(),
                written.maxParts(),
                workload,
                List.copyOf(files));
    }

    private static Manifest.FileFacts digested(Manifest.FileFacts facts, OutputCheck output) {
        return new Manifest.FileFacts(
                facts.name(),
                facts.bytes(),
                output.sha256,
                output.contentDigest,
                facts.records(),
                facts.probes(),
                facts.measurements(),
                facts.chunks(),
                facts.decodedBytes());
    }

    OutputCheck output(Side side) {
        return Objects.requireNonNull(outputs.get(side));
    }

    private String digest() {
        var sha = new Sha256();
        for (var side : Side.values()) {
            byte[] digest = HexFormat.of().parseHex(output(side).contentDigest);
            sha.update(digest, 0, digest.length);
        }
        return sha.prefixed();
    }

    private long sum(ToLongFunction<OutputCheck> count) {
        return outputs.values().stream().mapToLong(count).sum();
    }
}
