package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Contradictions;
import dyno.engine.Contradictions.Contradiction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadContradictionsTest {

    static Stream<Arguments> contradictions() {
        return Stream.of(
                one(
                        Workloads.with("totalBytes", 1048576).and("chunkBytes", 67108864),
                        "chunkBytes",
                        "chunkBytes 67108864 is larger than a stream's share of totalBytes, 1048576; lower chunkBytes"
                                + " or streams, or raise totalBytes"),
                one(
                        Workloads.with("totalBytes", 2).and("streams", 3),
                        "streams",
                        "streams 3 is more than totalBytes 2; every stream needs a byte"),
                one(
                        Workloads.with("layout", Layout.DGEN),
                        "layout",
                        "layout DGEN needs algorithm XOSHIRO, not COUNTER"),
                one(
                        dgen().and("compressRatio", 1.5),
                        "compressRatio",
                        "compressRatio 1.5 is a fraction; layout DGEN needs whole ratios"),
                one(
                        dgen().and("dedupRatio", 2.25),
                        "dedupRatio",
                        "dedupRatio 2.25 is a fraction; layout DGEN needs whole ratios"),
                one(
                        dgen().and("dedupUnitBytes", 65536),
                        "dedupUnitBytes",
                        "dedupUnitBytes 65536 is not a block of layout DGEN; use 1048576 to 33554432"),
                one(
                        dgen().and("compressUnitBytes", 4096),
                        "compressUnitBytes",
                        "compressUnitBytes 4096 differs from dedupUnitBytes 1048576; layout DGEN compresses by block"),
                one(
                        Workloads.with("compressUnitBytes", 65536).and("dedupUnitBytes", 4096),
                        "compressUnitBytes",
                        "compressUnitBytes 65536 is larger than dedupUnitBytes 4096; a compress unit must lie within a"
                                + " dedup unit"),
                one(
                        Workloads.with("compressRatio", 100),
                        "compressRatio",
                        "compressRatio 100 leaves fewer than 64 random bytes in a unit of 4096; use compressUnitBytes"
                                + " of at least 8192"),
                one(
                        Workloads.with("compressRatio", 2).and("algorithm", Algorithm.ZERO),
                        "compressRatio",
                        "compressRatio 2.0 has no effect on algorithm ZERO"),
                one(
                        Workloads.with("dedupRatio", 2).and("algorithm", Algorithm.SECURE_RANDOM),
                        "dedupRatio",
                        "dedupRatio 2.0 has no effect on algorithm SECURE_RANDOM"),
                one(Workloads.with("fsync", true), "fsync", "fsync true needs sink FILE"),
                one(
                        Workloads.with("workingSetBytes", 1 << 28),
                        "workingSetBytes",
                        "workingSetBytes 268435456 needs sink WORKING_SET"),
                one(
                        Workloads.with("workingSetBytes", 67108864).and("sink", Sink.WORKING_SET),
                        "workingSetBytes",
                        "workingSetBytes 67108864 holds fewer than two chunks for each of 1 streams"),
                one(direct().and("buffer", BufferKind.HEAP), "directIo", "directIo true needs buffer NATIVE"),
                one(
                        direct().and("totalBytes", 1000003).and("chunkBytes", 4096),
                        "directIo",
                        "directIo true needs multiples of 4096; a stream's share of totalBytes is 1000003"),
                one(
                        direct().and("chunkBytes", 5000),
                        "directIo",
                        "directIo true needs multiples of 4096; chunkBytes is 5000"),
                one(
                        Workloads.with("sink", Sink.FILE).and("mode", Mode.LEGACY),
                        "sink",
                        "sink FILE needs mode DIRECT, not LEGACY"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void sayWhatIsWrongAndWhatWouldBeRight(Workloads workloads, Contradiction expected) {
        assertThat(find(workloads)).containsExactly(expected);
    }

    @Test
    void areFoundAllAtOnce() {
        var found = find(Workloads.with("layout", Layout.DGEN)
                .and("compressRatio", 1.5)
                .and("dedupUnitBytes", 4096)
                .and("directIo", true)
                .and("workingSetBytes", 1));

        assertThat(found)
                .extracting(Contradiction::field)
                .contains("layout", "compressRatio", "dedupUnitBytes", "directIo", "workingSetBytes");
    }

    @Test
    void areNotFoundInDefaults() {
        assertThat(find(Workloads.with("totalBytes", 1))).isEmpty();
        assertThat(find(Workloads.with("totalBytes", 100).and("streams", 100))).isEmpty();
        assertThat(find(Workloads.with("sink", Sink.FILE))).isEmpty();
        assertThat(find(dgen().and("compressRatio", 2).and("dedupRatio", 3))).isEmpty();
        assertThat(find(Workloads.with("compressRatio", 64))).isEmpty();
    }

    private static List<Contradiction> find(Workloads workloads) {
        var found = new Contradictions();
        new GeneratorEngine().contradictions(workloads.workload(), workloads.given(), found);
        return found.found();
    }

    private static Workloads dgen() {
        return Workloads.with("layout", Layout.DGEN).and("algorithm", Algorithm.XOSHIRO);
    }

    private static Workloads direct() {
        return Workloads.with("sink", Sink.FILE)
                .and("buffer", BufferKind.NATIVE)
                .and("directIo", true);
    }

    private static Arguments one(Workloads workloads, String field, String message) {
        return Arguments.of(workloads, new Contradiction(field, message));
    }
}
