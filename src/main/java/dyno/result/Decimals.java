package dyno.result;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Numbers in query strings.
final class Decimals {

    /// What people write; `Double.parseDouble` takes `0x1p3` and `NaN` as well.
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private Decimals() {}

    static OptionalDouble parse(String text) {
        return PLAIN.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }
}
