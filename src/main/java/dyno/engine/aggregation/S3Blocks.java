package dyno.engine.aggregation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The blocks of objects that readers are at: the least recently used go first. Safe for any number of
/// threads.
///
/// Two threads may fetch the same block at once, where row groups of one object meet; they find the same.
final class S3Blocks {

    static final int BLOCK_BYTES = 1 << 20;

    /// What all blocks take: a reader is at one block of each of about seventeen columns, and two or
    /// three of them read at a time.
    static final long MOST_BYTES = 48L * BLOCK_BYTES;

    private record Key(S3Input input, long index) {}

    private final Map<Key, byte[]> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    synchronized byte @Nullable [] find(S3Input input, long index) {
        return blocks.get(new Key(input, index));
    }

    synchronized void add(S3Input input, long index, byte[] block) {
        byte[] before = blocks.put(new Key(input, index), block);
        bytes += block.length - (before == null ? 0 : before.length);
        var eldest = blocks.values().iterator();
        while (bytes > MOST_BYTES) {
            remove(eldest);
        }
    }

    /// The input is closed: nobody will ask for its blocks.
    synchronized void forget(S3Input input) {
        for (var entries = blocks.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (entry.getKey().input() == input) {
                bytes -= entry.getValue().length;
                entries.remove();
            }
        }
    }

    private void remove(Iterator<byte[]> eldest) {
        bytes -= eldest.next().length;
        eldest.remove();
    }
}
