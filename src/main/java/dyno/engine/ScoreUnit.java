package dyno.engine;

/// What a case's score counts, a second.
///
/// @param unit    as clients see it: `bytes/s`, `records/s`
/// @param counted which total of [Work] is divided by the elapsed seconds
/// @param nothing the reason of a score that is null because there was nothing to count
public record ScoreUnit(String unit, Counted counted, String nothing) {

    /// Nothing was got done, and a ratio or a logarithm of that says nothing.
    public static final String ZERO_THROUGHPUT = "ZERO_THROUGHPUT";

    public enum Counted {
        ITEMS,
        BYTES
    }

    public static ScoreUnit bytes() {
        return new ScoreUnit("bytes/s", Counted.BYTES, ZERO_THROUGHPUT);
    }

    /// @param plural what an item is: `records`
    public static ScoreUnit items(String plural) {
        return new ScoreUnit(plural + "/s", Counted.ITEMS, ZERO_THROUGHPUT);
    }

    /// The same with a reason of the engine's own.
    ///
    /// @param reason upper case: `NOTHING_LOADED`
    public ScoreUnit orNothing(String reason) {
        return new ScoreUnit(unit, counted, reason);
    }
}
