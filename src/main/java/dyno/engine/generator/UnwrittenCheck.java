package dyno.engine.generator;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Whether a fill writes every byte of its destination and none beside it. Used by one thread at a time.
final class UnwrittenCheck {

    private static final int MARGIN_BYTES = 64;
    private static final int MAX_BYTES = 300_000;
    private static final int ROUNDS = 16;
    private static final byte[] PRIMERS = {(byte) 0xAA, 0x55};

    private final Content content;
    private final ContentWriter writer;

    UnwrittenCheck(Content content) {
        this.content = content;
        this.writer = ContentWriter.of(content);
    }

    /// Where fills of differently primed buffers differ, or bytes around them were changed; null where neither.
    @Nullable
    String difference() {
        return rounds(true);
    }

    /// The same for bytes that no two fills have in common: what was never written would show as long runs of the
    /// primer.
    @Nullable
    String differenceOfUnrepeatable() {
        return rounds(false);
    }

    private @Nullable String rounds(boolean repeatable) {
        var random = new SplittableRandom(content.seed());
        int limit = (int) Math.min(MAX_BYTES, content.length());
        for (var kind : BufferKind.values()) {
            try (var buffers = ChunkBuffers.allocate(kind, PRIMERS.length, limit + 2 * MARGIN_BYTES)) {
                for (int round = 0; round < ROUNDS; round++) {
                    int length = 1 + random.nextInt(limit);
                    long position = random.nextLong(content.length() - length + 1);
                    int at = random.nextInt(MARGIN_BYTES);
                    var difference = round(buffers, at, length, position, repeatable);
                    if (difference != null) {
                        return "%s: %s".formatted(kind, difference);
                    }
                }
            }
        }
        return null;
    }

    private @Nullable String round(ChunkBuffers buffers, int at, int length, long position, boolean repeatable) {
        byte[][] results = new byte[PRIMERS.length][];
        for (int i = 0; i < PRIMERS.length; i++) {
            var buffer = buffers.get(i);
            buffer.view(0, buffer.bytes()).fill(PRIMERS[i]);
            writer.write(buffer, at, length, position);
            byte[] all = buffer.view(0, buffer.bytes()).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            for (int j = 0; j < all.length; j++) {
                if ((j < at || j >= at + length) && all[j] != PRIMERS[i]) {
                    return "a fill of %d bytes changed a byte %d from its beginning".formatted(length, j - at);
                }
            }
            results[i] = Arrays.copyOfRange(all, at, at + length);
        }
        if (repeatable) {
            int mismatch = Arrays.mismatch(results[0], results[1]);
            return mismatch < 0
                    ? null
                    : "byte %d of a fill of %d from %d depends on what was there".formatted(mismatch, length, position);
        }
        for (int i = 0; i < PRIMERS.length; i++) {
            int longest = longestRun(results[i], PRIMERS[i]);
            if (longest > Long.BYTES) {
                return "%d bytes in a row were left as they were".formatted(longest);
            }
        }
        return null;
    }

    /// Eight equal random bytes come once in 10^19.
    static int longestRun(byte[] bytes, byte value) {
        int longest = 0;
        int run = 0;
        for (byte b : bytes) {
            run = b == value ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
