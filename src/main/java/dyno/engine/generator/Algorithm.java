package dyno.engine.generator;

/// Where the random words come from.
public enum Algorithm {
    /// SplitMix64 as a counter: any word at any time, in any order.
    COUNTER,
    /// xoshiro256++, seeded anew for each block.
    XOSHIRO,
    /// The keystream of AES-128-CTR.
    AES_CTR,
    /// The JDK's `L64X128MixRandom`, seeded anew for each block.
    JDK_RANDOM,
    /// The operating system's non-blocking generator; no two runs are alike.
    SECURE_RANDOM,
    /// Zeros by the fastest fill the JVM has: the ceiling.
    ZERO;

    /// Whether a seed decides the bytes.
    boolean usesSeed() {
        return this != SECURE_RANDOM && this != ZERO;
    }

    /// Whether the words of a block can only be had in order, so that work is best cut at blocks.
    boolean isByBlock() {
        return this == XOSHIRO || this == JDK_RANDOM;
    }
}
