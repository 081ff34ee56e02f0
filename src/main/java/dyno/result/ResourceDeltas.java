package dyno.result;

import dyno.measurement.MeasuredFork;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an invocation took of CPU, memory and collector on one side, over the other, less 1: 0.1 is 10
/// % more. Of each side it is the median over its forks.
///
/// @param cpuSeconds           null with `NOT_MEASURED` where a fork could not tell
/// @param allocatedBytes       likewise
/// @param gcSeconds            likewise, or with `NONE_IN_BASELINE` where only the candidate has any
record ResourceDeltas(
        @Nullable Double cpuSeconds,
        @Nullable String cpuSecondsReason,
        @Nullable Double allocatedBytes,
        @Nullable String allocatedBytesReason,
        @Nullable Double gcSeconds,
        @Nullable String gcSecondsReason) {

    private static final String NOT_MEASURED = "NOT_MEASURED";
    private static final String NONE_IN_BASELINE = "NONE_IN_BASELINE";

    static ResourceDeltas of(CaseResult baseline, CaseResult candidate) {
        var cpu = Delta.of("cpuSeconds", baseline, candidate);
        var allocated = Delta.of("allocatedBytes", baseline, candidate);
        var gc = Delta.of("gcSeconds", baseline, candidate);
        return new ResourceDeltas(
                cpu.value(), cpu.reason(), allocated.value(), allocated.reason(), gc.value(), gc.reason());
    }

    private record Delta(@Nullable Double value, @Nullable String reason) {

        static Delta of(String resource, CaseResult baseline, CaseResult candidate) {
            double from = perInvocation(resource, baseline);
            double to = perInvocation(resource, candidate);
            if (Double.isNaN(from) || Double.isNaN(to)) {
                return new Delta(null, NOT_MEASURED);
            }
            if (from == 0) {
                return to == 0 ? new Delta(0.0, null) : new Delta(null, NONE_IN_BASELINE);
            }
            return new Delta(to / from - 1, null);
        }

        /// NaN where a fork does not know it, or there is none.
        private static double perInvocation(String resource, CaseResult result) {
            var forks = result.forks();
            if (forks == null || forks.isEmpty()) {
                return Double.NaN;
            }
            var values = forks.stream()
                    .mapToDouble(fork -> perInvocation(resource, fork))
                    .toArray();
            return Arrays.stream(values).anyMatch(Double::isNaN) ? Double.NaN : median(values);
        }

        private static double perInvocation(String resource, MeasuredFork fork) {
            long invocations = fork.totalInvocations();
            return fork.resources().get(resource) instanceof Number value && invocations > 0
                    ? value.doubleValue() / invocations
                    : Double.NaN;
        }

        private static double median(double[] values) {
            Arrays.sort(values);
            return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
        }
    }
}
