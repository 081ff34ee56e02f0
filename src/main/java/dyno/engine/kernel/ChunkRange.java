package dyno.engine.kernel;

/// A contiguous share of `0 … total - 1`.
///
/// @param from   first index
/// @param length how many, 0 where there are more parts than indices
public record ChunkRange(long from, long length) {

    /// The `part`-th of `parts` shares that cover `total` without gap or overlap; the first `total mod parts`
    /// of them are longer by one.
    ///
    /// @throws IllegalArgumentException where `part` is not one of them
    public static ChunkRange of(long total, int parts, int part) {
        if (total < 0 || part < 0 || part >= parts) {
            throw new IllegalArgumentException("Part %d of %d of %d".formatted(part, parts, total));
        }
        long each = total / parts;
        long longer = total % parts;
        return new ChunkRange(part * each + Math.min(part, longer), part < longer ? each + 1 : each);
    }

    /// Index past the last one.
    public long end() {
        return from + length;
    }
}
