package dyno.engine.generator;

/// How well the bytes compress and deduplicate.
///
/// @param compress          1 and more: size to compressed size
/// @param dedup             1 and more: units to distinct units
/// @param compressUnitBytes power of two, at most `dedupUnitBytes`
/// @param dedupUnitBytes    power of two; the block of layout `DGEN`
record Ratios(double compress, double dedup, int compressUnitBytes, int dedupUnitBytes) {

    /// Generators that have to be read in order start anew at least every so many bytes.
    private static final int MAX_BLOCK_BYTES = 1 << 20;

    boolean isPlain() {
        return compress == 1;
    }

    boolean hasRepeats() {
        return dedup > 1;
    }

    /// Bytes of content after which an ordered generator starts anew, in layout `INTERLEAVED`.
    int generatorBlockBytes() {
        return Math.min(dedupUnitBytes, MAX_BLOCK_BYTES);
    }

    /// Random words in all compress units before unit `unit`: ⌊unit · w / r⌋. Exact up to the division, since the
    /// product stays below 2^53.
    long randomWordsBefore(long unit) {
        long words = unit * (compressUnitBytes >>> 3);
        return isPlain() ? words : (long) Math.floor(words / compress);
    }
}
