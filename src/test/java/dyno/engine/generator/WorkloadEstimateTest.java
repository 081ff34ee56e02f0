package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadEstimateTest {

    private static final long MIB = 1 << 20;

    @Test
    void countsBuffersTemporariesAndTheBase() {
        assertThat(bytes(Workloads.with("streams", 2))).isEqualTo((96 + 2 * 64) * MIB);
        assertThat(bytes(Workloads.with("mode", Mode.TEMP_REUSE_COPY))).isEqualTo((96 + 2 * 64) * MIB);
        assertThat(bytes(Workloads.with("mode", Mode.LEGACY))).isEqualTo((96 + 4 * 64) * MIB);
        assertThat(bytes(Workloads.with("mode", Mode.LEGACY).and("buffer", BufferKind.NATIVE)))
                .isEqualTo((96 + 2 * 64) * MIB);
        assertThat(bytes(Workloads.with("sink", Sink.WORKING_SET))).isEqualTo((96 + 256) * MIB);
        assertThat(bytes(Workloads.with("sink", Sink.WORKING_SET).and("workingSetBytes", 129 * MIB)))
                .isEqualTo((96 + 192) * MIB);
    }

    @Test
    void doesNotGrowWithTheStream() {
        assertThat(bytes(Workloads.with("totalBytes", 1L << 50))).isEqualTo(bytes(Workloads.with("threads", 2)));
    }

    @Test
    void asksForScratchSpaceOnlyWhereItWrites() {
        assertThat(estimate(Workloads.with("totalBytes", 5 * MIB)).scratchBytes())
                .isZero();
        assertThat(estimate(Workloads.with("totalBytes", 5 * MIB).and("sink", Sink.FILE))
                        .scratchBytes())
                .isEqualTo(5 * MIB);
    }

    private static long bytes(Workloads workloads) {
        var estimate = estimate(workloads);
        return estimate.heapBytes() + estimate.directBytes();
    }

    private static dyno.engine.Estimate estimate(Workloads workloads) {
        return new GeneratorEngine().estimate(workloads.workload(), Workloads.MACHINE);
    }
}
