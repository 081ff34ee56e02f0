package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dyno.engine.kernel.LongSet;
import dyno.engine.kernel.Sha256;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataGeneratorTest {

    private static final int MIB = 1 << 20;

    static List<GoldenVectors.Vector> vectors() {
        return GoldenVectors.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void givesTheGoldenVectors(GoldenVectors.Vector vector) throws Exception {
        var settings = DataGeneratorSettings.ofLength(vector.length())
                .withAlgorithm(vector.algorithm())
                .withLayout(vector.layout())
                .withSeed(vector.seed())
                .withRatios(vector.compress(), vector.dedup())
                .withThreads(3);

        assertThat(new Sha256()
                        .update(all(settings, 777_777), 0, vector.length())
                        .hex())
                .isEqualTo(vector.sha256());
    }

    @Test
    void makesExactlyAsManyBytesAsAsked() throws Exception {
        var seeded = DataGeneratorSettings.endless().withSeed(5);
        byte[] longer = all(seeded.withLength(MIB + 1), MIB);

        assertThat(all(seeded.withLength(100), 64)).hasSize(100).isEqualTo(Arrays.copyOf(longer, 100));
        assertThat(all(seeded.withLength(MIB), MIB)).isEqualTo(Arrays.copyOf(longer, MIB));
    }

    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = "SECURE_RANDOM", mode = EnumSource.Mode.EXCLUDE)
    void doesNotMindHowItIsCalled(Algorithm algorithm) throws Exception {
        var settings = DataGeneratorSettings.ofLength(200_001)
                .withAlgorithm(algorithm)
                .withSeed(-3)
                .withDedupUnitBytes(65536)
                .withCompressUnitBytes(512);

        assertThat(all(settings, 7)).isEqualTo(all(settings.withThreads(2), 100_000));
    }

    @Test
    void drawsASeedAndReportsIt() throws Exception {
        byte[] first = new byte[1000];
        long seed;
        try (var generator = DataGenerator.open(DataGeneratorSettings.ofLength(1000))) {
            generator.fill(first, 0, 1000);
            seed = generator.seed();
        }

        assertThat(all(DataGeneratorSettings.ofLength(1000), 1000)).isNotEqualTo(first);
        assertThat(all(DataGeneratorSettings.ofLength(1000).withSeed(seed), 1000))
                .isEqualTo(first);
    }

    @Test
    void sharesNoUnitBetweenNeighbouringSeeds() throws Exception {
        var seen = new LongSet(2 * 16384);
        for (long seed = 5; seed <= 6; seed++) {
            byte[] bytes = all(DataGeneratorSettings.ofLength(64L * MIB).withSeed(seed), 8 * MIB);
            for (int at = 0; at < bytes.length; at += 4096) {
                seen.add(ContentChecks.fingerprint(bytes, at, 4096));
            }
        }

        assertThat(seen.size()).isEqualTo(2 * 16384);
    }

    @Test
    void keepsTheReferencesOverlapOfSeedsInItsLayout() throws Exception {
        var settings =
                DataGeneratorSettings.ofLength(2L * MIB).withLayout(Layout.DGEN).withAlgorithm(Algorithm.XOSHIRO);
        byte[] five = all(settings.withSeed(5), MIB);
        byte[] six = all(settings.withSeed(6), MIB);

        assertThat(Arrays.copyOfRange(five, MIB, 2 * MIB)).isEqualTo(Arrays.copyOf(six, MIB));
    }

    @Test
    void leavesNothingOfWhatWasInTheBuffer() throws Exception {
        byte[] buffer = new byte[5 * MIB / 2];
        try (var generator = DataGenerator.open(
                DataGeneratorSettings.ofLength(10L * MIB).withSeed(1).withThreads(2))) {
            for (int i = 0; i < 4; i++) {
                Arrays.fill(buffer, (byte) 0xAA);
                assertThat(generator.fill(buffer, 0, buffer.length)).isEqualTo(buffer.length);
                assertThat(UnwrittenCheck.longestRun(buffer, (byte) 0xAA)).isLessThanOrEqualTo(8);
            }
        }
    }

    @Test
    void replaysASeedThatIsSetAgain() throws Exception {
        var chunks = new byte[3][100_003];
        try (var generator =
                DataGenerator.open(DataGeneratorSettings.endless().withSeed(1).withThreads(2))) {
            for (int i = 0; i < 3; i++) {
                generator.setSeed(i % 2 == 0 ? 11 : 22);
                generator.fill(chunks[i], 0, chunks[i].length);
            }

            assertThat(chunks[0]).isEqualTo(chunks[2]).isNotEqualTo(chunks[1]);
            assertThat(generator.position()).isEqualTo(3 * 100_003);

            generator.reset();
            byte[] again = new byte[100_003];
            generator.fill(again, 0, again.length);
            assertThat(again).isEqualTo(chunks[0]);

            generator.seek(99_000);
            generator.fill(again, 0, 1003);
            assertThat(Arrays.copyOf(again, 1003)).isEqualTo(Arrays.copyOfRange(chunks[0], 99_000, 100_003));
        }
    }

    @Test
    void movesNothingForAnEmptyDestinationAndEndsWithZero() throws Exception {
        try (var generator = DataGenerator.open(DataGeneratorSettings.ofLength(10))) {
            assertThat(generator.fill(new byte[0], 0, 0)).isZero();
            assertThat(generator.fill(MemorySegment.ofArray(new byte[0]))).isZero();
            assertThat(generator.position()).isZero();

            assertThat(generator.fill(new byte[20], 0, 20)).isEqualTo(10);
            assertThat(generator.fill(new byte[20], 0, 20)).isZero();
            assertThat(generator.position()).isEqualTo(10);
        }
    }

    @Test
    void refusesToWorkOnceClosed() {
        var generator = DataGenerator.open(DataGeneratorSettings.endless());
        generator.close();
        generator.close();

        assertThatIllegalStateException().isThrownBy(() -> generator.fill(new byte[1], 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> generator.fill(new byte[1], 0, 1, 0));
        assertThatIllegalStateException().isThrownBy(() -> generator.fill(MemorySegment.ofArray(new byte[1])));
        assertThatIllegalStateException().isThrownBy(generator::reset);
    }

    @Test
    void refusesRangesOutsideBeforeItWritesAnything() {
        byte[] buffer = new byte[10];
        try (var generator = DataGenerator.open(DataGeneratorSettings.ofLength(100))) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> generator.fill(buffer, 5, 6));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> generator.fill(buffer, -1, 2));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> generator.fill(buffer, 0, 10, 101));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> generator.seek(-1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> generator.seek(101));
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> generator.fill(MemorySegment.ofArray(buffer).asReadOnly()));
        }
        assertThat(buffer).containsOnly(0);
    }

    @Test
    void refusesMemoryThatIsGoneOrBelongsToAnotherThread() throws Exception {
        var closed = Arena.ofConfined();
        var gone = closed.allocate(8);
        closed.close();
        try (var generator = DataGenerator.open(DataGeneratorSettings.ofLength(100));
                var others = Arena.ofConfined();
                var executor = Executors.newSingleThreadExecutor()) {
            var foreign = others.allocate(8);

            assertThatIllegalStateException().isThrownBy(() -> generator.fill(gone));
            executor.submit(() -> assertThatExceptionOfType(WrongThreadException.class)
                            .isThrownBy(() -> generator.fill(foreign)))
                    .get();
        }
    }

    @Test
    void fillsSegmentsOfEveryKind() throws Exception {
        var settings = DataGeneratorSettings.ofLength(80_000).withSeed(9).withThreads(2);
        byte[] expected = all(settings, 80_000);
        try (var generator = DataGenerator.open(settings);
                var arena = Arena.ofConfined()) {
            for (var segment : List.of(
                    arena.allocate(80_000),
                    arena.allocate(80_001).asSlice(1),
                    MemorySegment.ofArray(new byte[80_007]).asSlice(7),
                    MemorySegment.ofArray(new long[10_000]))) {
                generator.reset();
                assertThat(generator.fill(segment)).isEqualTo(80_000);
                assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);

                segment.fill((byte) 0);
                assertThat(generator.fill(segment, 40_000)).isEqualTo(40_000);
                assertThat(segment.asSlice(0, 40_000).toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(Arrays.copyOfRange(expected, 40_000, 80_000));
            }
        }
    }

    @Test
    void isReadAnywhereByManyThreads() throws Exception {
        var settings = DataGeneratorSettings.ofLength(3L * MIB)
                .withAlgorithm(Algorithm.XOSHIRO)
                .withSeed(4)
                .withRatios(2, 2)
                .withDedupUnitBytes(65536);
        byte[] expected = all(settings, MIB);
        try (var generator = DataGenerator.open(settings);
                var executor = Executors.newFixedThreadPool(4)) {
            var reads = IntStream.range(0, 40)
                    .mapToObj(i -> executor.submit(() -> {
                        byte[] part = new byte[50_000];
                        int at = i * 77_777 % (3 * MIB);
                        int count = generator.fill(part, 0, part.length, at);
                        assertThat(Arrays.copyOf(part, count)).isEqualTo(Arrays.copyOfRange(expected, at, at + count));
                        return null;
                    }))
                    .toList();
            for (var read : reads) {
                read.get();
            }
            assertThat(generator.position()).isZero();
        }
    }

    @Test
    void saysEverythingThatIsWrongWithItsSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataGenerator.open(DataGeneratorSettings.ofLength(0)
                        .withThreads(0)
                        .withRatios(0.5, Double.NaN)
                        .withDedupUnitBytes(5000)))
                .withMessageContainingAll("length 0", "threads 0", "compressRatio 0.5", "dedupRatio NaN", "5000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataGenerator.open(
                        DataGeneratorSettings.endless().withLayout(Layout.DGEN).withRatios(1, 2)))
                .withMessageContainingAll("layout DGEN needs algorithm XOSHIRO", "dedupRatio 2 needs a length");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 40, (1L << 62) + 12345})
    void reachesFarPositionsOfEndlessStreams(long position) throws Exception {
        byte[] there = new byte[100];
        byte[] expected = new ReferenceContent(
                        DataGeneratorSettings.endless().withRatios(1.5, 3).content(8))
                .bytes(position, 100);
        try (var generator = DataGenerator.open(
                DataGeneratorSettings.endless().withRatios(1.5, 3).withSeed(8))) {
            generator.seek(position);
            assertThat(generator.fill(there, 0, 100)).isEqualTo(100);
        }
        assertThat(there).isEqualTo(expected);
    }

    private static byte[] all(DataGeneratorSettings settings, int step) throws InterruptedException {
        byte[] bytes = new byte[Math.toIntExact(settings.length().orElseThrow())];
        try (var generator = DataGenerator.open(settings)) {
            int done = 0;
            for (int count = -1; count != 0; done += count) {
                count = generator.fill(bytes, done, Math.min(step, bytes.length - done));
            }
            assertThat(done).isEqualTo(bytes.length);
        }
        return bytes;
    }
}
