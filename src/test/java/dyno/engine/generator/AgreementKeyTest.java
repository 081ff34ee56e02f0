package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementKeyTest {

    private static final Optional<String> USUAL = key(Workloads.with("threads", 2));

    @Test
    void leavesOutWhatMustNotChangeTheBytes() {
        assertThat(key(Workloads.with("threads", 7))).isEqualTo(USUAL);
        assertThat(key(Workloads.with("chunkBytes", 4096))).isEqualTo(USUAL);
        assertThat(key(Workloads.with("mode", Mode.LEGACY))).isEqualTo(USUAL);
        assertThat(key(Workloads.with("buffer", BufferKind.NATIVE))).isEqualTo(USUAL);
        assertThat(key(Workloads.with("sink", Sink.FILE))).isEqualTo(USUAL);
        assertThat(key(Workloads.with("numa", Numa.FORCE))).isEqualTo(USUAL);
        assertThat(key(Workloads.with("compressUnitBytes", 512))).isEqualTo(USUAL);
        assertThat(key(Workloads.with("dedupUnitBytes", 4096))).isEqualTo(USUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "totalBytes,1000000",
        "streams,2",
        "compressRatio,2",
        "dedupRatio,2",
        "seed,43",
    })
    void holdsWhatChangesThem(String field, long value) {
        assertThat(key(Workloads.with(field, value))).isNotEqualTo(USUAL);
    }

    @Test
    void holdsTheUnitWhereItIsAGeneratorsBlock() {
        assertThat(key(Workloads.with("algorithm", Algorithm.XOSHIRO).and("dedupUnitBytes", 4096)))
                .isNotEqualTo(key(Workloads.with("algorithm", Algorithm.XOSHIRO)));
    }

    @Test
    void isAbsentWhereBytesCannotBeMadeAgain() {
        assertThat(key(Workloads.with("algorithm", Algorithm.SECURE_RANDOM))).isEmpty();
    }

    private static Optional<String> key(Workloads workloads) {
        return new GeneratorEngine().agreementKey(workloads.workload());
    }
}
