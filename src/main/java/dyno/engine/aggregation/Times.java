package dyno.engine.aggregation;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Times as text and as INT96, in microseconds since 1970, UTC. What is finer than a microsecond is dropped.
/// Stateless.
final class Times {

    static final int INT96_BYTES = 12;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long JULIAN_DAY_OF_1970 = 2_440_588;

    private static final Pattern TEXT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2})(\\.\\d{1,9})?( ?(Z|UTC)| ?([+-]\\d{2}:?\\d{2})( [A-Za-z]{1,5})?)?");

    private Times() {}

    /// `2025-11-01 00:00:00 +0000 UTC`, `2025-11-01T00:00:00Z`, `2025-11-01 00:00:00`; empty for anything else. The
    /// name
    /// of a zone says nothing beside an offset, and nobody knows what it means without one.
    static OptionalLong parse(byte[] utf8, int from, int length) {
        var text = new String(utf8, from, length, StandardCharsets.UTF_8);
        var found = TEXT.matcher(text);
        if (!found.matches()) {
            return OptionalLong.empty();
        }
        try {
            var local = LocalDateTime.parse(found.group(1) + "T" + found.group(2));
            var fraction = found.group(3);
            long nanos = fraction == null ? 0 : Long.parseLong((fraction.substring(1) + "000000000").substring(0, 9));
            return OptionalLong.of(
                    local.toEpochSecond(offset(found.group(6))) * MICROS_PER_SECOND + nanos / NANOS_PER_MICRO);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static ZoneOffset offset(@org.jspecify.annotations.Nullable String text) {
        return text == null ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    /// Nanoseconds of the day, 8 bytes, then the Julian day, 4 bytes, both little-endian.
    ///
    /// @see <a
    ///        href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">INT96</a>
    static long int96(byte[] bytes, int from) {
        long nanos = 0;
        for (int i = 7; i >= 0; i--) {
            nanos = nanos << 8 | (bytes[from + i] & 0xFF);
        }
        long day = 0;
        for (int i = 11; i >= 8; i--) {
            day = day << 8 | (bytes[from + i] & 0xFF);
        }
        return (day - JULIAN_DAY_OF_1970) * DayRange.DAY_MICROS + Math.floorDiv(nanos, NANOS_PER_MICRO);
    }
}
