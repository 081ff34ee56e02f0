package dyno.engine.generator;

/// Consumes chunks: a wrapping sum of the words at every stream offset that is a multiple of 1 MiB and has 8 bytes
/// left, whichever chunks those words lie in. Used by one thread at a time.
final class ProbeSum {

    static final int DISTANCE_BYTES = 1 << 20;

    private final long length;
    private long sum;

    /// @param length bytes of the stream
    ProbeSum(long length) {
        this.length = length;
    }

    void reset() {
        sum = 0;
    }

    long sum() {
        return sum;
    }

    /// Adds what the chunk that begins at `position` has of the probed words. Byte by byte where a word is cut:
    /// its bytes are added at their places, one chunk after the other.
    void add(Destination chunk, long count, long position) {
        // The word before may reach into this chunk.
        long probe = Math.max(0, position - (Long.BYTES - 1)) + DISTANCE_BYTES - 1;
        probe -= probe % DISTANCE_BYTES;
        for (; probe < position + count && probe + Long.BYTES <= length; probe += DISTANCE_BYTES) {
            for (int i = 0; i < Long.BYTES; i++) {
                long at = probe + i - position;
                if (at >= 0 && at < count) {
                    sum += (chunk.read(at) & 0xFFL) << (i << 3);
                }
            }
        }
    }

    /// The sum of a whole stream, from its probed words alone.
    static long recompute(Content content) {
        var writer = ContentWriter.of(content);
        var word = new HeapDestination(Long.BYTES);
        var probe = new ProbeSum(content.length());
        for (long at = 0; at + Long.BYTES <= content.length(); at += DISTANCE_BYTES) {
            writer.write(word, 0, Long.BYTES, at);
            probe.add(word, Long.BYTES, at);
        }
        return probe.sum();
    }

    /// Whether [#recompute] is cheap: each probed word can be had without making what lies before it.
    static boolean isRecomputable(Content content) {
        return switch (content.algorithm()) {
            case SECURE_RANDOM -> false;
            case COUNTER, AES_CTR, JDK_RANDOM, ZERO -> true;
            case XOSHIRO ->
                content.layout() == Layout.INTERLEAVED || content.ratios().dedupUnitBytes() == DISTANCE_BYTES;
        };
    }
}
