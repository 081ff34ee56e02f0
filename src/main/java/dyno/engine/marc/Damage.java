package dyno.engine.marc;

/// Damages generated records in the ways that real files are damaged. Immutable.
final class Damage {

    private static final long SALT = 0x4D414C464F524DL;
    private static final int CLASSES = 12;

    private final long seed;
    private final double ratio;

    Damage(long seed, double ratio) {
        this.seed = Draws.mix(seed ^ SALT);
        this.ratio = ratio;
    }

    /// Damages the record that was just appended, if it is one of those to be.
    ///
    /// @param from its first byte in the output, which ends with it
    void apply(Output output, int from, long index) {
        long m = Draws.mix(seed + Draws.GOLDEN * (index + 1));
        if ((m >>> 11) * 0x1p-53 < ratio) {
            apply(output, from, (int) Math.unsignedMultiplyHigh(Draws.mix(m), CLASSES));
        }
    }

    private static void apply(Output output, int from, int kind) {
        byte[] bytes = output.bytes;
        int end = output.size;
        int base = from + Bytes.number(bytes, from + 12, 5);
        int lastEntry = base - 1 - Structure.ENTRY_BYTES;
        int lastField = base + Bytes.number(bytes, lastEntry + 7, 5);
        switch (kind) {
            case 0 -> RecordView.digits(bytes, from, end - from + 2);
            case 1 -> RecordView.digits(bytes, from, end - from - 2);
            case 2 -> bytes[from + 2] = 'x';
            case 3 -> RecordView.digits(bytes, from + 12, 99_999);
            case 4 -> bytes[from + 14] = 'x';
            case 5 -> bytes[from + Framer.LEADER_BYTES + Structure.ENTRY_BYTES + 4] = 'x';
            case 6 -> RecordView.digits(bytes, lastEntry + 7, 99_000);
            case 7 -> bytes[end - 2] = ' ';
            case 8 -> bytes[end - 1] = ' ';
            case 9 -> insertLineEnd(output, from);
            case 10 -> bytes[lastField + 2] = 'x';
            case 11 -> bytes[end - 3] = (byte) 0xFF;
            default -> throw new IllegalStateException("There are %d kinds, not %d".formatted(CLASSES, kind));
        }
    }

    private static void insertLineEnd(Output output, int from) {
        output.room(2);
        byte[] bytes = output.bytes;
        System.arraycopy(bytes, from, bytes, from + 2, output.size - from);
        bytes[from] = '\r';
        bytes[from + 1] = '\n';
        output.size += 2;
    }
}
