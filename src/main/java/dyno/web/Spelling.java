package dyno.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the known name that somebody who mistyped may have meant.
final class Spelling {

    /// Longer names are not looked at: no field has one, and the distance takes the product of both lengths.
    private static final int MAX_CHARACTERS = 64;

    private Spelling() {}

    /// The known name with the fewest edits, if they are at most a third of the name, rounded up; the first of equals.
    static Optional<String> nearest(String name, Collection<String> known) {
        if (name.isEmpty() || name.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        String nearest = null;
        int fewest = (name.length() + 2) / 3 + 1;
        for (var candidate : known) {
            int edits = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /// Insertions, deletions and replacements that turn `a` into `b` (Levenshtein).
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        var current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            var swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
