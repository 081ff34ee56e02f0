package dyno.engine.etl;

import dyno.engine.kernel.Sha256;
import dyno.engine.kernel.SplitMix64;
import java.nio.charset.StandardCharsets;

/// Count, wrapping sum and xor of the hashes of lines, in whatever order they come.
///
/// A line's hash is FNV-1a over its bytes, scattered: FNV's own top bits are too alike for sums.
///
/// @see <a href="https://www.ietf.org/archive/id/draft-eastlake-fnv-17.html">The FNV hash</a>
record LineTotals(long count, long sum, long xor) {

    static final LineTotals NONE = new LineTotals(0, 0, 0);

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /// Hash of a line without its line feed.
    static long hash(byte[] bytes, int from, int length) {
        long hash = OFFSET;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i] & 0xff) * PRIME;
        }
        return SplitMix64.mix(hash);
    }

    LineTotals plus(long hash) {
        return new LineTotals(count + 1, sum + hash, xor ^ hash);
    }

    LineTotals plus(LineTotals other) {
        return new LineTotals(count + other.count, sum + other.sum, xor ^ other.xor);
    }

    /// The digest of a case's output: 64 hex digits.
    String digest() {
        var text = "etl/1 %d %016x %016x".formatted(count, sum, xor).getBytes(StandardCharsets.US_ASCII);
        return new Sha256().update(text, 0, text.length).hex();
    }
}
