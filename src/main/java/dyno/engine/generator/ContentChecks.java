package dyno.engine.generator;

import com.github.luben.zstd.Zstd;
import dyno.engine.TrialContext.Depth;
import dyno.engine.kernel.LongSet;
import dyno.engine.kernel.Sha256;
import dyno.engine.kernel.SplitMix64;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Whether distinct content has the properties that make it good test data. Used by one thread at a time.
final class ContentChecks {

    private static final int MIB = 1 << 20;
    private static final int ZSTD_LEVEL = 1;
    private static final int MIN_UNIT_BYTES = 4096;
    private static final int COMPARED_BYTES = 4096;

    /// Chi-square with 255 degrees of freedom: outside in fewer than one of 10^6 honest cases.
    private static final double MIN_CHI_SQUARE = 150;

    private static final double MAX_CHI_SQUARE = 380;

    private final Content content;
    private final Content distinct;
    private final long sampleBytes;

    ContentChecks(Content content, Depth depth) {
        this.content = content;
        long wanted = depth == Depth.FULL ? 16L * MIB : MIB;
        long available = content.dedupPlan().distinctUnits() * content.ratios().dedupUnitBytes();
        this.distinct = withoutRepeats(content, Math.min(available, content.length()));
        // Filler of layout DGEN lies at the end of a block, so only whole blocks show the ratio.
        long unit = content.layout() == Layout.DGEN ? content.ratios().dedupUnitBytes() : MIN_UNIT_BYTES;
        this.sampleBytes = Math.min(Math.max(wanted, unit), distinct.length());
    }

    /// Size : compressed size by zstd, 1 MiB at a time; empty where there is not one whole MiB, or not one whole unit.
    OptionalDouble compressRatio() {
        long unit = Math.max(MIB, content.ratios().compressUnitBytes());
        long whole = sampleBytes / unit * unit;
        if (whole == 0) {
            return OptionalDouble.empty();
        }
        byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(MIB))];
        long[] compressedBytes = {0};
        new StreamReader(distinct)
                .pieces(
                        0,
                        whole,
                        (piece, from, length) -> compressedBytes[0] += Zstd.compressByteArray(
                                compressed, 0, compressed.length, piece, from, length, ZSTD_LEVEL));
        return OptionalDouble.of(whole / (double) compressedBytes[0]);
    }

    @Nullable
    String compressRatioDifference(double measured) {
        double asked = content.ratios().compress();
        if (asked == 1) {
            return measured <= 1 / 0.9999
                    ? null
                    : "zstd makes 1 of %.5f where nothing should compress".formatted(measured);
        }
        double tolerance = asked <= 32 ? 0.04 : asked <= 64 ? 0.06 : 0.15;
        return Math.abs(measured / asked - 1) <= tolerance
                ? null
                : "zstd reaches %.3f, more than %.0f %% off %s".formatted(measured, tolerance * 100, asked);
    }

    /// Units that are equal although nothing asked for that.
    @Nullable
    String accidentalRepeats() {
        int unitBytes = Math.max(MIN_UNIT_BYTES, content.ratios().compressUnitBytes());
        int units = (int) (sampleBytes / unitBytes);
        var seen = new LongSet(Math.max(1, units));
        long[] repeats = {0};
        new StreamReader(distinct).pieces(0, (long) units * unitBytes, (piece, from, length) -> {
            for (int at = from; at < from + length; at += unitBytes) {
                if (!seen.add(fingerprint(piece, at, unitBytes))) {
                    repeats[0]++;
                }
            }
        });
        return repeats[0] == 0
                ? null
                : "%d of %d units of %d bytes are repeats".formatted(repeats[0], units, unitBytes);
    }

    /// Gross faults in the random bytes themselves; filler is left out.
    @Nullable
    String byteHistogram() {
        var random = new Content(
                content.algorithm(),
                content.layout(),
                content.seed(),
                content.stream(),
                sampleBytes,
                new Ratios(
                        1,
                        1,
                        content.ratios().compressUnitBytes(),
                        content.ratios().dedupUnitBytes()));
        if (sampleBytes < MIB) {
            return null;
        }
        long[] counts = new long[256];
        new StreamReader(random).pieces(0, sampleBytes, (piece, from, length) -> {
            for (int i = from; i < from + length; i++) {
                counts[piece[i] & 0xFF]++;
            }
        });
        double expected = sampleBytes / 256.0;
        double chiSquare = 0;
        for (long count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        return chiSquare >= MIN_CHI_SQUARE && chiSquare <= MAX_CHI_SQUARE
                ? null
                : "chi-square of the bytes is %.1f, not within %.0f to %.0f"
                        .formatted(chiSquare, MIN_CHI_SQUARE, MAX_CHI_SQUARE);
    }

    /// Two fills of what cannot be repeated.
    @Nullable
    String repetition() {
        int length = (int) Math.min(COMPARED_BYTES, content.length());
        byte[] first = new StreamReader(content).bytes(0, length);
        byte[] second = new StreamReader(content).bytes(0, length);
        return length >= Long.BYTES * 2 && java.util.Arrays.equals(first, second)
                ? "two fills gave the same %d bytes".formatted(length)
                : null;
    }

    /// Streams of a case whose beginnings are the same.
    static @Nullable String equalStreams(List<Content> streams) {
        var seen = new HashSet<String>();
        for (var stream : streams) {
            int length = (int) Math.min(COMPARED_BYTES, stream.length());
            byte[] start = new StreamReader(stream).bytes(0, length);
            // A few bytes may well be equal by chance.
            if (length >= 2 * Long.BYTES
                    && !seen.add(new Sha256().update(start, 0, length).hex())) {
                return "stream %d begins like one before it".formatted(stream.stream());
            }
        }
        return null;
    }

    /// 64 bits of `length` bytes, a multiple of 8; equal ones have equal fingerprints, others differ but for one
    /// case in 2^64.
    static long fingerprint(byte[] bytes, int from, int length) {
        long hash = length;
        for (int i = from; i < from + length; i += Long.BYTES) {
            hash = SplitMix64.mix(hash * SplitMix64.GAMMA + (long) Bytes.WORD.get(bytes, i));
        }
        return hash;
    }

    private static Content withoutRepeats(Content content, long length) {
        var ratios = content.ratios();
        return new Content(
                content.algorithm(),
                content.layout(),
                content.seed(),
                content.stream(),
                length,
                new Ratios(ratios.compress(), 1, ratios.compressUnitBytes(), ratios.dedupUnitBytes()));
    }
}
