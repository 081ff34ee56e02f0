package dyno.operated;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds the metrics that an expression names. No parser: what is none is taken out, and words remain.
final class PromQl {

    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern WORD = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][\\w:]*(?!\\s*\\(|[\\w:])");
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "unless",
            "bool",
            "offset",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "inf",
            "nan",
            "start",
            "end");

    private PromQl() {}

    static SortedSet<String> metrics(String expression) {
        var rest = TEXT.matcher(expression).replaceAll("");
        rest = LABELS.matcher(rest).replaceAll("");
        rest = RANGE.matcher(rest).replaceAll("");
        rest = GROUPING.matcher(rest).replaceAll(" ");
        return WORD.matcher(rest)
                .results()
                .map(word -> word.group())
                .filter(word -> !KEYWORDS.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
