package dyno.engine.aggregation;

import java.util.List;
import java.util.regex.Pattern;

/// Which category a namespace falls into: the greatest id whose pattern matches. Immutable.
final class CostCategories {

    private record Rule(Pattern pattern, int id) {}

    private final List<Rule> rules;

    CostCategories(List<CostCategory> categories) {
        this.rules = categories.stream()
                .map(category -> new Rule(regex(category.pattern()), category.id()))
                .toList();
    }

    /// [Micros#NULL] where no pattern matches, or the namespace is null.
    long of(@org.jspecify.annotations.Nullable String namespace) {
        long greatest = Micros.NULL;
        if (namespace != null) {
            for (var rule : rules) {
                if (rule.id > greatest && rule.pattern.matcher(namespace).matches()) {
                    greatest = rule.id;
                }
            }
        }
        return greatest;
    }

    /// LIKE without an escape character: `%` is any text, `_` any one code point.
    private static Pattern regex(String like) {
        var regex = new StringBuilder();
        like.codePoints().forEach(c -> {
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
