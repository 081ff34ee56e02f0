package dyno.engine.etl;

import dyno.engine.etl.EtlSink.Expected;
import dyno.engine.etl.EtlWorkload.FailureMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What the loaded records should add up to, worked out by the [Reference].
///
/// @param records loaded
/// @param sum     wrapping sum of their values
/// @param lines   of their output lines; null where lines were not wanted
/// @param poison  records that can only become dead letters
record Expectation(
        long records,
        long sum,
        long xor,
        @Nullable LineTotals lines,
        long ids,
        long totalActivities,
        long fingerprints,
        long poison) {

    /// @param limit     the first so many records count
    /// @param withLines whether to build lines, which takes ten times as long
    static Expectation of(EtlWorkload workload, TransformKind kind, long limit, boolean withLines) {
        var reference = new Reference(workload.seed(), kind, workload.hashRounds());
        double poisonRatio = workload.failureMode() == FailureMode.POISON ? workload.failureRatio() : 0;
        long records = Math.min(limit, workload.records() * workload.pipelines());
        long loaded = 0;
        long sum = 0;
        long xor = 0;
        long lineSum = 0;
        long lineXor = 0;
        long ids = 0;
        long activities = 0;
        long fingerprints = 0;
        for (long id = 1; id <= records; id++) {
            if (poisonRatio > 0 && reference.unit(id, DrawStream.POISON_DRAW) < poisonRatio) {
                continue;
            }
            loaded++;
            if (!withLines) {
                long value = reference.value(id);
                sum += value;
                xor ^= value;
                continue;
            }
            var outcome = reference.outcome(id);
            sum += outcome.value();
            xor ^= outcome.value();
            byte[] line = outcome.line().getBytes(StandardCharsets.ISO_8859_1);
            long hash = LineTotals.hash(line, 0, line.length);
            lineSum += hash;
            lineXor ^= hash;
            ids += id;
            activities += outcome.totalActivities();
            fingerprints ^= outcome.fingerprint();
        }
        return new Expectation(
                loaded,
                sum,
                xor,
                withLines ? new LineTotals(loaded, lineSum, lineXor) : null,
                ids,
                activities,
                fingerprints,
                records - loaded);
    }

    Expected ofSink() {
        boolean isKnown = lines != null;
        return new Expected(
                records,
                lines,
                isKnown ? (Long) ids : null,
                isKnown ? (Long) totalActivities : null,
                isKnown ? (Long) fingerprints : null);
    }
}
