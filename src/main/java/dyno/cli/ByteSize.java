package dyno.cli;

import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes as people write it: `4096`, `10GiB`, `500 MB`. A bare `G` could be either and is refused.
final class ByteSize implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,19})\\s*([A-Za-z]*)");

    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "TiB",
            1L << 40,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "TB",
            1_000_000_000_000L);

    @Override
    public Long convert(String text) {
        var matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'%s' is not a number of bytes, with KiB MiB GiB TiB kB MB GB TB or nothing after it"
                            .formatted(text));
        }
        Long unit = UNITS.get(matcher.group(2));
        if (unit == null) {
            throw new TypeConversionException(
                    "'%s' is ambiguous; write KiB MiB GiB TiB (powers of 1024) or kB MB GB TB (powers of 1000)"
                            .formatted(text));
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'%s' is more than 2^63 - 1 bytes".formatted(text));
        }
    }
}
