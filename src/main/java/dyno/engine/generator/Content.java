package dyno.engine.generator;

import dyno.engine.kernel.SplitMix64;

/// What the bytes of one stream are: they are a function of this and of their offset, of nothing else.
///
/// @param length bytes of the stream; [#ENDLESS] where it has no end
record Content(Algorithm algorithm, Layout layout, long seed, int stream, long length, Ratios ratios) {

    /// The length of a stream that has no end.
    static final long ENDLESS = Long.MAX_VALUE;

    /// The number from which all of the stream's words derive.
    long key() {
        return SplitMix64.mix(seed * SplitMix64.GAMMA + 1 + stream);
    }

    /// The same content from another seed.
    Content withSeed(long otherSeed) {
        return new Content(algorithm, layout, otherSeed, stream, length, ratios);
    }

    DedupPlan dedupPlan() {
        return DedupPlan.of(layout, length, ratios.dedupUnitBytes(), ratios.dedup());
    }

    /// Generator block seeds of layout `INTERLEAVED`.
    long blockSeed(long block) {
        return SplitMix64.mix((key() ^ BLOCK_SALT) + (block + 1) * SplitMix64.GAMMA);
    }

    /// Block seeds of layout `DGEN`, whose stream 0 takes the seed as it is.
    long dgenSeed(long distinctBlock) {
        return (stream == 0 ? seed : key()) + distinctBlock;
    }

    private static final long BLOCK_SALT = 0x6A09E667F3BCC909L;
}
