package dyno.engine.aggregation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// The label keys that survive, in the order of their UTF-8 bytes, which is that of code points. Immutable.
final class EnabledKeys {

    /// Always enabled.
    static final String ALWAYS = "vm_kubevirt_io_name";

    private final byte[][] keys;
    private final byte[][] quoted;
    /// Open addressing, number + 1; 0 where empty.
    private final int[] slots;

    EnabledKeys(List<String> enabled) {
        var sorted = new TreeSet<byte[]>(Arrays::compareUnsigned);
        sorted.add(ALWAYS.getBytes(StandardCharsets.UTF_8));
        enabled.forEach(key -> sorted.add(key.getBytes(StandardCharsets.UTF_8)));
        this.keys = sorted.toArray(byte[][]::new);
        this.quoted = Arrays.stream(keys)
                .map(key -> {
                    var out = new ByteBuilder(key.length + 3);
                    CanonicalJson.quote(key, 0, key.length, out);
                    return out.add(':').toBytes();
                })
                .toArray(byte[][]::new);
        this.slots = new int[Integer.highestOneBit(4 * keys.length) << 1];
        for (int i = 0; i < keys.length; i++) {
            int slot = TextHash.of(keys[i], 0, keys[i].length) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i + 1;
        }
    }

    int size() {
        return keys.length;
    }

    /// The key's place in the order; -1 where it is not enabled.
    int find(byte[] bytes, int from, int length) {
        int mask = slots.length - 1;
        int slot = TextHash.of(bytes, from, length) & mask;
        while (slots[slot] != 0) {
            var key = keys[slots[slot] - 1];
            if (Arrays.equals(key, 0, key.length, bytes, from, from + length)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /// The key as it stands in canonical text, with quotes and colon.
    byte[] quoted(int key) {
        return quoted[key];
    }
}
