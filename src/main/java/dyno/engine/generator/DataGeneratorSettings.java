package dyno.engine.generator;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a [DataGenerator] makes. Immutable; `with…` methods give changed copies.
///
/// @param length            bytes of the stream, at least 1; empty: it has no end
/// @param seed              decides every byte; empty: one is drawn
/// @param algorithm         where random words come from
/// @param layout            how offsets become content
/// @param compressRatio     1 … 1024, size : compressed size
/// @param dedupRatio        1 … 1,000,000, units : distinct units
/// @param compressUnitBytes power of two, 512 … 1,048,576 (`DGEN`: … 33,554,432); empty: 4096, or `dedupUnitBytes`
///                          in layout `DGEN`
/// @param dedupUnitBytes    power of two, 4096 … 67,108,864
/// @param threads           1 … 1024, the caller among them
public record DataGeneratorSettings(
        OptionalLong length,
        OptionalLong seed,
        Algorithm algorithm,
        Layout layout,
        double compressRatio,
        double dedupRatio,
        OptionalInt compressUnitBytes,
        int dedupUnitBytes,
        int threads) {

    private static final int DEFAULT_COMPRESS_UNIT = 4096;
    private static final int DEFAULT_DEDUP_UNIT = 1 << 20;

    /// An endless, incompressible stream from a drawn seed, made by the caller's thread.
    public static DataGeneratorSettings endless() {
        return new DataGeneratorSettings(
                OptionalLong.empty(),
                OptionalLong.empty(),
                Algorithm.COUNTER,
                Layout.INTERLEAVED,
                1,
                1,
                OptionalInt.empty(),
                DEFAULT_DEDUP_UNIT,
                1);
    }

    /// The same, `length` bytes long.
    public static DataGeneratorSettings ofLength(long length) {
        return endless().withLength(length);
    }

    public DataGeneratorSettings withLength(long bytes) {
        return new DataGeneratorSettings(
                OptionalLong.of(bytes),
                seed,
                algorithm,
                layout,
                compressRatio,
                dedupRatio,
                compressUnitBytes,
                dedupUnitBytes,
                threads);
    }

    public DataGeneratorSettings withSeed(long value) {
        return new DataGeneratorSettings(
                length,
                OptionalLong.of(value),
                algorithm,
                layout,
                compressRatio,
                dedupRatio,
                compressUnitBytes,
                dedupUnitBytes,
                threads);
    }

    public DataGeneratorSettings withAlgorithm(Algorithm value) {
        return new DataGeneratorSettings(
                length, seed, value, layout, compressRatio, dedupRatio, compressUnitBytes, dedupUnitBytes, threads);
    }

    public DataGeneratorSettings withLayout(Layout value) {
        return new DataGeneratorSettings(
                length, seed, algorithm, value, compressRatio, dedupRatio, compressUnitBytes, dedupUnitBytes, threads);
    }

    public DataGeneratorSettings withRatios(double compress, double dedup) {
        return new DataGeneratorSettings(
                length, seed, algorithm, layout, compress, dedup, compressUnitBytes, dedupUnitBytes, threads);
    }

    public DataGeneratorSettings withCompressUnitBytes(int bytes) {
        return new DataGeneratorSettings(
                length,
                seed,
                algorithm,
                layout,
                compressRatio,
                dedupRatio,
                OptionalInt.of(bytes),
                dedupUnitBytes,
                threads);
    }

    public DataGeneratorSettings withDedupUnitBytes(int bytes) {
        return new DataGeneratorSettings(
                length, seed, algorithm, layout, compressRatio, dedupRatio, compressUnitBytes, bytes, threads);
    }

    public DataGeneratorSettings withThreads(int count) {
        return new DataGeneratorSettings(
                length, seed, algorithm, layout, compressRatio, dedupRatio, compressUnitBytes, dedupUnitBytes, count);
    }

    /// Bytes of the units in which compression is reached.
    int compressUnit() {
        return compressUnitBytes.orElse(layout == Layout.DGEN ? dedupUnitBytes : DEFAULT_COMPRESS_UNIT);
    }

    Content content(long chosenSeed) {
        return new Content(
                algorithm,
                layout,
                chosenSeed,
                0,
                length.orElse(Content.ENDLESS),
                new Ratios(compressRatio, dedupRatio, compressUnit(), dedupUnitBytes));
    }
}
