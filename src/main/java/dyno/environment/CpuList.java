package dyno.environment;

import java.util.BitSet;

/// The kernel's way of writing a set of CPUs or nodes: `0-11,24-35`; blank is the empty set.
final class CpuList {

    private CpuList() {}

    /// @throws NumberFormatException where the text is no such list
    static BitSet parse(String text) {
        var set = new BitSet();
        if (text.isBlank()) {
            return set;
        }
        for (var part : text.strip().split(",", -1)) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            if (first < 0 || last < first) {
                throw new NumberFormatException("'%s' in CPU list '%s' runs backwards".formatted(part, text));
            }
            set.set(first, last + 1);
        }
        return set;
    }
}
