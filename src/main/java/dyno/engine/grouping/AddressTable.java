package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.Arrays;

/// Numbers distinct byte strings in the order in which they first come.
///
/// Open addressing with linear probing over the numbers; texts one behind the other. Used by one thread at a time.
final class AddressTable {

    private static final int FIRST_SLOTS = 1 << 10;

    /// What [Addresses] may be read beyond their end.
    private static final int PADDING = 8;

    private byte[] bytes = new byte[1 << 12];
    private int[] offsets = new int[FIRST_SLOTS];
    private int[] slots = new int[FIRST_SLOTS];
    private int[] hashes = new int[FIRST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    /// The texts so far. Not copied: texts that come later stand behind, or in new arrays.
    Addresses addresses() {
        return new Addresses(bytes, offsets);
    }

    /// Forgets all texts and keeps the memory.
    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /// The number of a text, a new one where it has none.
    ///
    /// @throws EngineException where the texts together pass 2^31 bytes
    int intern(byte[] text, int from, int length) {
        int hash = hash(text, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (true) {
            int code = slots[slot] - 1;
            if (code < 0) {
                break;
            }
            if (hashes[code] == hash && equal(code, text, from, length)) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
        return add(slot, hash, text, from, length);
    }

    private int add(int slot, int hash, byte[] text, int from, int length) {
        long end = (long) offsets[size] + length;
        if (end > Integer.MAX_VALUE - 2 * PADDING || size == 1 << 29) {
            throw new EngineException(
                    FailureCode.OUT_OF_MEMORY,
                    "%d distinct addresses have more than 2^31 bytes together; use strategy STREAMING".formatted(size));
        }
        if (end + PADDING > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - PADDING, 2 * (end + PADDING)));
        }
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        System.arraycopy(text, from, bytes, offsets[size], length);
        hashes[size] = hash;
        size++;
        offsets[size] = (int) end;
        slots[slot] = size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] larger = new int[2 * slots.length];
        int mask = larger.length - 1;
        for (int code = 0; code < size; code++) {
            int slot = hashes[code] & mask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = code + 1;
        }
        slots = larger;
    }

    private boolean equal(int code, byte[] text, int from, int length) {
        int begin = offsets[code];
        return Arrays.equals(bytes, begin, offsets[code + 1], text, from, from + length);
    }

    /// Words of eight bytes, the last one shorter, multiplied and folded.
    static int hash(byte[] text, int from, int length) {
        long h = length * 0x9e3779b97f4a7c15L;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            h = (h ^ Bytes.longAt(text, at)) * 0xbf58476d1ce4e5b9L;
            h ^= h >>> 32;
        }
        long last = 0;
        for (int shift = 0; at < end; at++, shift += 8) {
            last |= (text[at] & 0xffL) << shift;
        }
        h = (h ^ last) * 0x94d049bb133111ebL;
        return (int) (h ^ (h >>> 32)); // folded
    }
}
