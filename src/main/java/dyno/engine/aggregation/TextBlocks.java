package dyno.engine.aggregation;

import java.util.ArrayList;
import java.util.List;

/// Byte texts one behind the other in arrays that are used again once all texts are forgotten: tens of thousands of
/// texts that live as long as an invocation are what a collector copies most. Used by one thread at a time; what was
/// added may be read by others.
final class TextBlocks {

    private static final int FIRST_BYTES = 1 << 10;
    /// Below what a collector takes for a large object.
    private static final int MOST_BYTES = 1 << 16;

    private final List<byte[]> blocks = new ArrayList<>();
    private int index;
    private int used;
    private byte[] block = {};
    private int from;

    /// Copies a text to [#block] at [#from], where it stays until [#clear].
    void add(byte[] text, int start, int length) {
        while (index < blocks.size() && blocks.get(index).length - used < length) {
            index++;
            used = 0;
        }
        if (index == blocks.size()) {
            int next = index == 0 ? FIRST_BYTES : Math.min(MOST_BYTES, 2 * blocks.get(index - 1).length);
            blocks.add(new byte[Math.max(length, next)]);
        }
        block = blocks.get(index);
        from = used;
        System.arraycopy(text, start, block, from, length);
        used += length;
    }

    /// Holds the text that was added last.
    byte[] block() {
        return block;
    }

    /// Where it begins.
    int from() {
        return from;
    }

    /// Leaves all texts to whoever still reads them; the next ones go into memory of their own.
    void abandon() {
        blocks.clear();
        clear();
    }

    /// Forgets all texts; the next ones are written over them.
    void clear() {
        index = 0;
        used = 0;
    }
}
