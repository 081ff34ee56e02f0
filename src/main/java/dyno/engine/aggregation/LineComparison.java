package dyno.engine.aggregation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What differs between two results. Stateless.
final class LineComparison {

    private static final int SHOWN_CHARACTERS = 300;
    private static final double RELATIVE = 1e-9;
    /// Beside the rounding of both sides to the sixth decimal.
    private static final double ABSOLUTE = 1e-6 + 1e-9;

    /// Fields of a line that are numbers.
    private static final int FIRST_METRIC = 6;

    private static final int LAST_METRIC = 19;
    private static final int FIRST_CLAIM = 26;
    private static final int LAST_CLAIM = 29;

    private LineComparison() {}

    /// The first difference in words; null where there is none.
    ///
    /// @param expected sorted
    /// @param found    sorted
    static @Nullable String exact(List<byte[]> expected, List<byte[]> found) {
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            if (!Arrays.equals(expected.get(i), found.get(i))) {
                return difference(i, expected.get(i), found.get(i));
            }
        }
        return sizes(expected, found);
    }

    /// As [#exact], but numbers may differ by 1e-9 relative or 1e-6 absolute.
    static @Nullable String tolerant(List<byte[]> expected, List<byte[]> found) {
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            if (!Arrays.equals(expected.get(i), found.get(i)) && !isClose(expected.get(i), found.get(i))) {
                return difference(i, expected.get(i), found.get(i));
            }
        }
        return sizes(expected, found);
    }

    private static boolean isClose(byte[] a, byte[] b) {
        var left = new String(a, StandardCharsets.UTF_8).split("\t", -1);
        var right = new String(b, StandardCharsets.UTF_8).split("\t", -1);
        if (left.length != right.length) {
            return false;
        }
        for (int i = 0; i < left.length; i++) {
            boolean isNumber = (i >= FIRST_METRIC && i <= LAST_METRIC) || (i >= FIRST_CLAIM && i <= LAST_CLAIM);
            if (!left[i].equals(right[i]) && !(isNumber && isClose(left[i], right[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isClose(String a, String b) {
        if (a.equals("\\N") || b.equals("\\N")) {
            return false;
        }
        double left = Double.parseDouble(a);
        double right = Double.parseDouble(b);
        double difference = Math.abs(left - right);
        return difference <= ABSOLUTE || difference <= RELATIVE * Math.max(Math.abs(left), Math.abs(right));
    }

    private static @Nullable String sizes(List<byte[]> expected, List<byte[]> found) {
        return expected.size() == found.size()
                ? null
                : "%d rows instead of %d".formatted(found.size(), expected.size());
    }

    private static String difference(int index, byte[] expected, byte[] found) {
        return "row %d is '%s' instead of '%s'".formatted(index, shown(found), shown(expected));
    }

    private static String shown(byte[] line) {
        var text = new String(line, StandardCharsets.UTF_8);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
