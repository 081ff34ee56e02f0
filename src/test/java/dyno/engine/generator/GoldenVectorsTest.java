package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.TrialContext.Depth;
import dyno.engine.kernel.Sha256;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenVectorsTest {

    static List<GoldenVectors.Vector> vectors() {
        return GoldenVectors.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void areWhatTheWriterMakes(GoldenVectors.Vector vector) {
        assertThat(vector.difference()).isNull();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void areWhatTheReferenceMakes(GoldenVectors.Vector vector) {
        byte[] bytes = new ReferenceContent(vector.content()).bytes(0, vector.length());

        assertThat(new Sha256().update(bytes, 0, bytes.length).hex()).isEqualTo(vector.sha256());
        assertThat(HexFormat.of().formatHex(bytes, 0, 32)).isEqualTo(vector.first());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void areWhatTheWriterMakesOutsideTheHeap(GoldenVectors.Vector vector) {
        try (var buffers = ChunkBuffers.allocate(BufferKind.NATIVE, 1, vector.length())) {
            ContentWriter.of(vector.content()).write(buffers.first(), 0, vector.length(), 0);

            var bytes = buffers.first().view(0, vector.length());
            assertThat(new Sha256().update(bytes).hex()).isEqualTo(vector.sha256());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void areTheDigestsOfTheirStreams(GoldenVectors.Vector vector) {
        assertThat(GeneratorVerifier.digest(vector.content())).isEqualTo("sha256:" + vector.sha256());
    }

    @Test
    void coverEveryReproducibleAlgorithm() {
        assertThat(GoldenVectors.all())
                .extracting(GoldenVectors.Vector::algorithm)
                .contains(Algorithm.COUNTER, Algorithm.XOSHIRO, Algorithm.AES_CTR, Algorithm.JDK_RANDOM);
        assertThat(GoldenVectors.of(Algorithm.XOSHIRO, Layout.DGEN, Depth.FULL)).hasSize(5);
        assertThat(GoldenVectors.of(Algorithm.XOSHIRO, Layout.DGEN, Depth.SHORT))
                .hasSize(3);
    }
}
