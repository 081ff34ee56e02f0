package dyno.engine.arrayrecord;

/// How a file is written.
///
/// @param groupSize   records in each chunk but the last, 1 to 16,777,216
/// @param compression of the chunks' data
public record WriterOptions(int groupSize, Compression compression) {

    private static final int MAX_GROUP_SIZE = 1 << 24;
    private static final int USUAL_LEVEL = 3;

    public WriterOptions {
        if (groupSize < 1 || groupSize > MAX_GROUP_SIZE) {
            throw new IllegalArgumentException(
                    "group_size %d is not within 1 to %d".formatted(groupSize, MAX_GROUP_SIZE));
        }
    }

    /// Options in Google's words, separated by commas: `group_size:1,zstd:3`, `group_size:64,uncompressed`. What is
    /// not said is `group_size:1` and `zstd:3`. `transpose:false`, `pad_to_block_boundary:false`, `window_log:20`
    /// and `max_parallelism` are taken and change nothing, as this package writes nothing else.
    ///
    /// @throws IllegalArgumentException for anything else, with a sentence that says what
    public static WriterOptions parse(String text) {
        int groupSize = 1;
        var compression = Compression.zstd(USUAL_LEVEL);
        for (var option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = option.indexOf(':');
            var name = colon < 0 ? option : option.substring(0, colon);
            var value = colon < 0 ? "" : option.substring(colon + 1);
            switch (name) {
                case "group_size" -> groupSize = number(name, value);
                case "uncompressed" -> {
                    require(value.isEmpty() || value.equals("true"), option, "uncompressed");
                    compression = Compression.NONE;
                }
                case "zstd" -> compression = Compression.zstd(value.isEmpty() ? USUAL_LEVEL : number(name, value));
                case "window_log" -> require(number(name, value) == Compression.WINDOW_LOG, option, "window_log:20");
                case "max_parallelism" -> number(name, value);
                case "transpose", "pad_to_block_boundary" -> require(value.equals("false"), option, name + ":false");
                default ->
                    throw new IllegalArgumentException(
                            "Option '%s' is not one of group_size, uncompressed, zstd, window_log, max_parallelism,"
                                            .formatted(option)
                                    + " transpose and pad_to_block_boundary");
            }
        }
        return new WriterOptions(groupSize, compression);
    }

    /// As the file's footer tells them. The workers that encoded change nothing, so `max_parallelism` is always 1.
    String text() {
        return "group_size:%d,transpose:false,pad_to_block_boundary:false,%s,max_parallelism:1"
                .formatted(groupSize, compression.text());
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Option %s needs an integer, but has '%s'".formatted(name, value), e);
        }
    }

    private static void require(boolean isWritten, String option, String supported) {
        if (!isWritten) {
            throw new IllegalArgumentException("Option '%s' is not supported; '%s' is".formatted(option, supported));
        }
    }
}
