package dyno.engine.etl;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The loads that came, by pipeline and key. A bit for a whole batch; parts, which are rare, take more. Used by one
/// thread at a time.
final class SeenBatches {

    /// A load's name: `{pipeline}/{key}`.
    record Name(int pipeline, long key) {

        static Name of(Load load) {
            return new Name(load.pipeline(), load.key());
        }

        /// @throws NumberFormatException where it is no name
        static Name parse(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new NumberFormatException("No pipeline in '%s'".formatted(text));
            }
            return new Name(Integer.parseInt(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
        }

        boolean isWhole() {
            return key >= 0;
        }

        @Override
        public String toString() {
            return pipeline + "/" + key;
        }
    }

    private final Map<Integer, BitSet> whole = new HashMap<>();
    private final Set<Name> parts = new HashSet<>();

    /// @return whether it was not there yet
    boolean add(Name name) {
        if (!name.isWhole()) {
            return parts.add(name);
        }
        var batches = whole.computeIfAbsent(name.pipeline(), pipeline -> new BitSet());
        int number = Math.toIntExact(name.key());
        boolean isNew = !batches.get(number);
        batches.set(number);
        return isNew;
    }

    boolean contains(Name name) {
        if (!name.isWhole()) {
            return parts.contains(name);
        }
        var batches = whole.get(name.pipeline());
        return batches != null && batches.get(Math.toIntExact(name.key()));
    }

    void clear() {
        whole.clear();
        parts.clear();
    }
}
