package dyno.engine.generator;

import java.util.BitSet;

/// The kernel's notation for sets of processors: `0-11,24-35`.
final class CpuSet {

    private CpuSet() {}

    /// Blank text is the empty set.
    ///
    /// @throws NumberFormatException where the text is no such list
    static BitSet parse(String text) {
        var set = new BitSet();
        for (var part : text.strip().split(",", -1)) {
            var range = part.strip();
            if (!range.isEmpty()) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
                if (first < 0 || last < first) {
                    throw new NumberFormatException("'%s' is no range of processors".formatted(range));
                }
                set.set(first, last + 1);
            }
        }
        return set;
    }
}
