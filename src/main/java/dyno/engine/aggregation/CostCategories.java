package dyno.engine.aggregation;

import java.util.List;

/// Which category a namespace falls into: the greatest id whose pattern matches. Immutable.
final class CostCategories {

    /// @param like code points
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Rule(int[] like, int id) {}

    private final List<Rule> rules;

    CostCategories(List<CostCategory> categories) {
        this.rules = categories.stream()
                .map(category -> new Rule(category.pattern().codePoints().toArray(), category.id()))
                .toList();
    }

    /// [Micros#NULL] where no pattern matches, or the namespace is null.
    long of(@org.jspecify.annotations.Nullable String namespace) {
        long greatest = Micros.NULL;
        if (namespace != null) {
            int[] text = namespace.codePoints().toArray();
            for (var rule : rules) {
                if (rule.id > greatest && isLike(text, rule.like)) {
                    greatest = rule.id;
                }
            }
        }
        return greatest;
    }

    /// LIKE without an escape character: `%` is any text, `_` any one code point.
    ///
    /// Where a `%` has taken too little, the last one takes one more: earlier ones need not be tried again,
    /// so that no pattern takes longer than its length times the text's.
    static boolean isLike(int[] text, int[] like) {
        int at = 0;
        int in = 0;
        int lastPercent = -1;
        int takenUpTo = 0;
        while (at < text.length) {
            if (in < like.length && like[in] == '%') {
                lastPercent = in++;
                takenUpTo = at;
            } else if (in < like.length && (like[in] == '_' || like[in] == text[at])) {
                in++;
                at++;
            } else if (lastPercent >= 0) {
                in = lastPercent + 1;
                at = ++takenUpTo;
            } else {
                return false;
            }
        }
        while (in < like.length && like[in] == '%') {
            in++;
        }
        return in == like.length;
    }
}
