package dyno.engine.generator;

/// Where a run of random bytes begins, told to the [RandomWords] that makes it. Reused from run to run by the
/// one worker that owns it.
final class Run {

    /// Offset in the content; algorithms that can start anywhere go by it. The low three bits are those of
    /// [#randomByte] too, since random runs begin at words.
    long contentOffset;

    /// What the generator block is seeded with, for algorithms that are read in order.
    long blockSeed;

    /// Random bytes of the generator block before this run; filler draws none.
    long randomByte;

    /// Bytes of the run's first word that lie before the run.
    int skew() {
        return (int) (contentOffset & 7);
    }
}
