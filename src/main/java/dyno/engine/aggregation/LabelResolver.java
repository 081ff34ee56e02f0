package dyno.engine.aggregation;

/// Finds what a raw label text means, by parsing it or by remembering. Used by one thread at a time; the cache is
/// shared.
final class LabelResolver {

    private final LabelParser parser;
    private final TextMap.Cursor cache;
    private final TextMap.Maker parse;

    /// @param cache of all threads, bounded: a text that was dropped is parsed again
    LabelResolver(LabelSets sets, TextMap cache) {
        this.parser = new LabelParser(sets);
        this.cache = cache.cursor();
        this.parse = parser::parse;
    }

    /// As [LabelParser#parse] gives it.
    int perDistinct(byte[] bytes, int from, int length) {
        return cache.valueOf(bytes, from, length, parse);
    }

    int perRow(byte[] bytes, int from, int length) {
        return parser.parse(bytes, from, length);
    }

    LabelSets.Merger merger() {
        return parser.merger();
    }

    long parses() {
        return parser.parses();
    }
}
