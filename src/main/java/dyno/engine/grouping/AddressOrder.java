package dyno.engine.grouping;

import java.util.Arrays;

/// Sorts address numbers by the texts' bytes, unsigned. Stateless.
final class AddressOrder {

    private static final int INSERTION = 16;

    private AddressOrder() {}

    /// Sorts `codes`, whose texts are distinct.
    ///
    /// Merge sort that compares the first eight bytes as one number; only equal ones look at the texts.
    static void sort(int[] codes, int count, Addresses addresses) {
        long[] prefixes = new long[count];
        for (int i = 0; i < count; i++) {
            prefixes[i] = prefix(addresses, codes[i]);
        }
        sort(codes, prefixes, new int[count], new long[count], 0, count, addresses);
    }

    private static void sort(
            int[] codes, long[] keys, int[] codeSpace, long[] keySpace, int from, int end, Addresses addresses) {
        if (end - from <= INSERTION) {
            insertionSort(codes, keys, from, end, addresses);
            return;
        }
        int middle = (from + end) >>> 1;
        sort(codes, keys, codeSpace, keySpace, from, middle, addresses);
        sort(codes, keys, codeSpace, keySpace, middle, end, addresses);
        System.arraycopy(codes, from, codeSpace, from, middle - from);
        System.arraycopy(keys, from, keySpace, from, middle - from);
        int left = from;
        int right = middle;
        int to = from;
        while (left < middle && right < end) {
            if (compare(keys[right], codes[right], keySpace[left], codeSpace[left], addresses) < 0) {
                keys[to] = keys[right];
                codes[to++] = codes[right++];
            } else {
                keys[to] = keySpace[left];
                codes[to++] = codeSpace[left++];
            }
        }
        System.arraycopy(codeSpace, left, codes, to, middle - left);
        System.arraycopy(keySpace, left, keys, to, middle - left);
    }

    private static void insertionSort(int[] codes, long[] keys, int from, int end, Addresses addresses) {
        for (int i = from + 1; i < end; i++) {
            int code = codes[i];
            long key = keys[i];
            int at = i;
            while (at > from && compare(key, code, keys[at - 1], codes[at - 1], addresses) < 0) {
                keys[at] = keys[at - 1];
                codes[at] = codes[at - 1];
                at--;
            }
            keys[at] = key;
            codes[at] = code;
        }
    }

    private static int compare(long keyA, int a, long keyB, int b, Addresses addresses) {
        return keyA != keyB ? Long.compareUnsigned(keyA, keyB) : compare(addresses, a, addresses, b);
    }

    /// Bytewise, unsigned, shorter first.
    static int compare(Addresses ofA, int a, Addresses ofB, int b) {
        return Arrays.compareUnsigned(
                ofA.bytes(),
                ofA.offsets()[a],
                ofA.offsets()[a + 1],
                ofB.bytes(),
                ofB.offsets()[b],
                ofB.offsets()[b + 1]);
    }

    /// The first eight bytes, big-endian, zeros behind a shorter text.
    private static long prefix(Addresses addresses, int code) {
        int from = addresses.offsets()[code];
        int length = addresses.length(code);
        long word = Long.reverseBytes(Bytes.longAt(addresses.bytes(), from));
        return length >= Long.BYTES ? word : length == 0 ? 0 : word & (-1L << (8 * (Long.BYTES - length)));
    }
}
