package dyno.engine.grouping;

/// Writes generated addresses as text. Stateless.
final class AddressText {

    /// Longest text: `2fff:ffff:ffff:ffff::10`.
    static final int MOST_BYTES = 24;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private AddressText() {}

    /// Dotted decimal.
    ///
    /// @return bytes written
    static int putV4(byte[] out, long address) {
        int at = 0;
        for (int shift = 24; shift >= 0; shift -= 8) {
            at = putDecimal(out, at, (int) (address >>> shift) & 255);
            if (shift > 0) {
                out[at++] = '.';
            }
        }
        return at;
    }

    /// `2` and three hex digits, three groups without leading zeros, `::`, one more.
    ///
    /// @return bytes written
    static int putV6(byte[] out, long bits) {
        int at = 0;
        out[at++] = '2';
        for (int shift = 60; shift >= 52; shift -= 4) {
            out[at++] = HEX[(int) (bits >>> shift) & 15];
        }
        out[at++] = ':';
        at = putHex(out, at, (int) (bits >>> 36) & 0xffff);
        out[at++] = ':';
        at = putHex(out, at, (int) (bits >>> 20) & 0xffff);
        out[at++] = ':';
        at = putHex(out, at, (int) (bits >>> 4) & 0xffff);
        out[at++] = ':';
        out[at++] = ':';
        return putHex(out, at, 1 + (int) (bits & 15));
    }

    private static int putDecimal(byte[] out, int from, int value) {
        int at = from;
        if (value >= 100) {
            out[at++] = (byte) ('0' + value / 100);
        }
        if (value >= 10) {
            out[at++] = (byte) ('0' + value / 10 % 10);
        }
        out[at++] = (byte) ('0' + value % 10);
        return at;
    }

    private static int putHex(byte[] out, int from, int value) {
        int at = from;
        for (int shift = 12; shift >= 0; shift -= 4) {
            if (value >>> shift != 0 || shift == 0) {
                out[at++] = HEX[(value >>> shift) & 15];
            }
        }
        return at;
    }
}
