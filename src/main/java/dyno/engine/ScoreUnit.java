package dyno.engine;

/// What a case's score counts, a second.
///
/// @param unit    as clients see it: `bytes/s`, `records/s`
/// @param counted which total of [Work] is divided by the elapsed seconds
public record ScoreUnit(String unit, Counted counted) {

    public enum Counted {
        ITEMS,
        BYTES
    }

    public static ScoreUnit bytes() {
        return new ScoreUnit("bytes/s", Counted.BYTES);
    }

    /// @param plural what an item is: `records`
    public static ScoreUnit items(String plural) {
        return new ScoreUnit(plural + "/s", Counted.ITEMS);
    }
}
