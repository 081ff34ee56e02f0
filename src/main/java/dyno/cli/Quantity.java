package dyno.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// Numbers for people: three significant digits and a prefix that keeps them short.
final class Quantity {

    private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    /// A score with its unit: bytes in powers of ten and of two, since people compare with data sheets of both
    /// kinds; other things a second in thousands, millions and so on; anything else as it stands.
    static String score(double value, String unit) {
        if (unit.equals("bytes/s")) {
            String decimal = scaled(value, 1000, DECIMAL);
            String binary = scaled(value, 1024, BINARY);
            return "%sB/s (%sB/s)".formatted(decimal, binary);
        }
        if (unit.endsWith("/s")) {
            String number = scaled(value, 1000, DECIMAL);
            return number.endsWith(" ") ? number + unit : number + " " + unit;
        }
        return digits(value) + " " + unit;
    }

    /// `1.50 GiB`.
    static String bytes(long bytes) {
        return scaled((double) bytes, 1024, BINARY) + "B";
    }

    /// Half of a 95 % interval's width as a share of its value, without sign: `2.1 %`.
    static String halfWidth(double low, double high, double value) {
        double percent = (high - low) / 2 / value * 100;
        int decimals = percent >= 9.95 ? 0 : percent >= 0.095 ? 1 : 2;
        return BigDecimal.valueOf(percent)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString() + " %";
    }

    /// Three significant digits, trailing zeros kept, without an exponent: `8.70`, `431`, `0.0120`.
    static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        var rounded = new BigDecimal(value, THREE_DIGITS);
        int decimals = Math.max(0, 2 - (rounded.precision() - rounded.scale() - 1));
        return rounded.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
    }

    /// `34 s`, `1 min 36 s`, `2 h 05 min`.
    static String seconds(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? "%d min %02d s".formatted(whole / 60, whole % 60)
                : "%d h %02d min".formatted(whole / 3600, whole / 60 % 60);
    }

    /// The number, a blank, and the prefix that leaves less than one step before it.
    private static String scaled(double value, int step, List<String> prefixes) {
        double rest = value;
        int prefix = 0;
        while (reaches(rest, step) && prefix < prefixes.size() - 1) {
            rest /= step;
            prefix++;
        }
        return digits(rest) + " " + prefixes.get(prefix);
    }

    /// What rounds up to a whole step belongs to the next prefix: 999.9 k is 1.00 M.
    private static boolean reaches(double value, int step) {
        return value >= step || new BigDecimal(value, THREE_DIGITS).doubleValue() >= step;
    }

    private Quantity() {}
}
