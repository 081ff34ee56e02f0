package dyno.engine.arrayrecord;

/// How the data of chunks is written.
///
/// @param kind  none or zstd
/// @param level zstd's level; 0 without meaning for none
public record Compression(Kind kind, int level) {

    /// The compressions that are written; files of others can be read.
    public enum Kind {
        NONE,
        ZSTD
    }

    public static final Compression NONE = new Compression(Kind.NONE, 0);

    /// Log2 of the bytes that a zstd frame may look back.
    static final int WINDOW_LOG = 20;

    private static final int MIN_LEVEL = -(1 << 17);
    private static final int MAX_LEVEL = 22;

    public Compression {
        if (level < MIN_LEVEL || level > MAX_LEVEL) {
            throw new IllegalArgumentException(
                    "zstd level %d is not within %d to %d".formatted(level, MIN_LEVEL, MAX_LEVEL));
        }
    }

    /// @param level -131072 to 22; 3 is usual
    public static Compression zstd(int level) {
        return new Compression(Kind.ZSTD, level);
    }

    /// As it stands among a file's writer options.
    String text() {
        return switch (kind) {
            case NONE -> "uncompressed";
            case ZSTD -> "zstd:%d,window_log:%d".formatted(level, WINDOW_LOG);
        };
    }
}
