package dyno.engine.arrayrecord;

import java.util.Arrays;

/// The hash as its description has it, without a thought for speed.
final class PlainHighwayHash {

    private static final int[] EVEN = {3, 12, 2, 5, 14, 1, 15, 0};
    private static final int[] ODD = {11, 4, 10, 13, 9, 6, 8, 7};
    private static final long[] KEY = {
        0x2f696c6567656952L, 0x0a7364726f636572L, 0x2f696c6567656952L, 0x0a7364726f636572L
    };

    private final long[] v0 = new long[4];
    private final long[] v1 = new long[4];
    private final long[] mul0 = {0xdbe6d5d5fe4cce2fL, 0xa4093822299f31d0L, 0x13198a2e03707344L, 0x243f6a8885a308d3L};
    private final long[] mul1 = {0x3bd39e10cb0ef593L, 0xc0acf169b5f18a8cL, 0xbe5466cf34e90c6cL, 0x452821e638d01377L};

    private PlainHighwayHash() {
        for (int i = 0; i < 4; i++) {
            v0[i] = mul0[i] ^ KEY[i];
            v1[i] = mul1[i] ^ (KEY[i] << 32 | KEY[i] >>> 32);
        }
    }

    static long hash(byte[] bytes, int from, int length) {
        var hash = new PlainHighwayHash();
        byte[] data = Arrays.copyOfRange(bytes, from, from + length);
        int pos = 0;
        for (; data.length - pos >= 32; pos += 32) {
            hash.update(Arrays.copyOfRange(data, pos, pos + 32));
        }
        if (pos < data.length) {
            hash.tail(Arrays.copyOfRange(data, pos, data.length));
        }
        for (int i = 0; i < 4; i++) {
            hash.permute();
        }
        return hash.v0[0] + hash.v1[0] + hash.mul0[0] + hash.mul1[0];
    }

    private void tail(byte[] tail) {
        int t = tail.length;
        for (int i = 0; i < 4; i++) {
            v0[i] += ((long) t << 32) + t;
            long high = Integer.rotateLeft((int) (v1[i] >>> 32), t);
            v1[i] = high << 32 | Integer.toUnsignedLong(Integer.rotateLeft((int) v1[i], t));
        }
        byte[] packet = new byte[32];
        System.arraycopy(tail, 0, packet, 0, t & ~3);
        int m = t & 3;
        int r = t & ~3;
        if (t >= 16) {
            System.arraycopy(tail, t - 4, packet, 28, 4);
        } else if (m != 0) {
            packet[16] = tail[r];
            packet[17] = tail[r + (m >> 1)];
            packet[18] = tail[r + m - 1];
        }
        update(packet);
    }

    private void permute() {
        byte[] packet = new byte[32];
        int[] order = {2, 3, 0, 1};
        for (int i = 0; i < 4; i++) {
            LittleEndian.putLong(packet, 8 * i, v0[order[i]] << 32 | v0[order[i]] >>> 32);
        }
        update(packet);
    }

    private void update(byte[] packet) {
        for (int i = 0; i < 4; i++) {
            v1[i] += mul0[i] + LittleEndian.longAt(packet, 8 * i);
            mul0[i] ^= (v1[i] & 0xffffffffL) * (v0[i] >>> 32);
            v0[i] += mul1[i];
            mul1[i] ^= (v0[i] & 0xffffffffL) * (v1[i] >>> 32);
        }
        zip(v0, v1);
        zip(v1, v0);
    }

    private static void zip(long[] target, long[] source) {
        for (int i = 0; i < 4; i += 2) {
            target[i] += shuffled(EVEN, source[i + 1], source[i]);
            target[i + 1] += shuffled(ODD, source[i + 1], source[i]);
        }
    }

    private static long shuffled(int[] order, long high, long low) {
        long result = 0;
        for (int i = 7; i >= 0; i--) {
            long from = order[i] < 8 ? low : high;
            result = result << 8 | from >>> 8 * (order[i] & 7) & 0xff;
        }
        return result;
    }
}
