package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadWarningsTest {

    private record Raised(String code, Workloads by) {}

    static List<Raised> raised() {
        return List.of(
                new Raised("OVERSUBSCRIBED", Workloads.with("streams", 2).and("threads", 2)),
                new Raised("LOCK_UNCONTENDED", Workloads.with("mode", Mode.GLOBAL_LOCK)),
                new Raised("RATIO_NOT_REACHED", Workloads.with("dedupRatio", 2).and("totalBytes", 65 << 20)),
                new Raised(
                        "SEED_UNUSED",
                        Workloads.with("algorithm", Algorithm.ZERO).and("seed", 1)),
                new Raised("IN_CACHE", Workloads.with("chunkBytes", 1 << 20)),
                new Raised("PAGE_CACHE", Workloads.with("sink", Sink.FILE).and("fsync", false)),
                new Raised("IGNORED_FIELD", Workloads.with("compressUnitBytes", 8192)),
                new Raised("IGNORED_FIELD", Workloads.with("dedupUnitBytes", 8192)));
    }

    @ParameterizedTest
    @MethodSource("raised")
    void tellWhatAReaderShouldKnow(Raised raised) {
        assertThat(warnings(raised.by)).extracting(Warning::code).containsExactly(raised.code);
    }

    @Test
    void areSilentWhereAllIsWell() {
        assertThat(warnings(Workloads.with("threads", 2))).isEmpty();
        assertThat(warnings(Workloads.with("mode", Mode.GLOBAL_LOCK)
                        .and("streams", 2)
                        .and("threads", 1)))
                .isEmpty();
        assertThat(warnings(Workloads.with("dedupRatio", 3).and("totalBytes", 10L << 30)))
                .isEmpty();
        assertThat(warnings(Workloads.with("sink", Sink.WORKING_SET).and("chunkBytes", 1 << 20)))
                .isEmpty();
        assertThat(warnings(Workloads.with("dedupUnitBytes", 8192).and("algorithm", Algorithm.XOSHIRO)))
                .isEmpty();
        assertThat(warnings(Workloads.with("streams", 3).and("totalBytes", 2)))
                .extracting(Warning::code)
                .doesNotContain("RATIO_NOT_REACHED");
    }

    private static List<Warning> warnings(Workloads workloads) {
        return new GeneratorEngine().warnings(workloads.workload(), workloads.given(), Workloads.MACHINE);
    }
}
