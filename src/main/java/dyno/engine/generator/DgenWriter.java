package dyno.engine.generator;

/// Layout `DGEN`: blocks that begin with random bytes of a generator of their own and end in zeros.
///
/// ```text
/// block   ┌──────────────────────────────┬──────────────┐
///         │ bs - z random bytes          │ z zero bytes │    bs = dedup unit bytes
///         └──────────────────────────────┴──────────────┘
/// ```
///
/// @see <a href="https://crates.io/crates/dgen-rs">dgen-rs, whose bytes these are at dedup ratio 1</a>
final class DgenWriter implements ContentWriter {

    private final Content content;
    private final int blockBytes;
    private final long compress;
    private final DedupPlan plan;
    private final RandomWords words;
    private final Run run = new Run();

    DgenWriter(Content content) {
        this.content = content;
        this.blockBytes = content.ratios().dedupUnitBytes();
        // A whole number, or the workload was refused.
        this.compress = (long) content.ratios().compress();
        this.plan = content.dedupPlan();
        this.words = RandomWords.of(content);
    }

    @Override
    public void write(Destination destination, long at, int length, long position) {
        int done = 0;
        while (done < length) {
            long block = (position + done) / blockBytes;
            int inBlock = (int) (position + done - block * blockBytes);
            int count = Math.min(length - done, blockBytes - inBlock);
            writeBlock(destination, at + done, count, plan.contentId(block), inBlock);
            done += count;
        }
    }

    private void writeBlock(Destination destination, long at, int length, long distinctBlock, int inBlock) {
        int randomBytes = blockBytes - zeros(distinctBlock, blockBytes, compress);
        int random = Math.clamp((long) randomBytes - inBlock, 0, length);
        if (random > 0) {
            run.contentOffset = inBlock;
            run.blockSeed = content.dgenSeed(distinctBlock);
            run.randomByte = inBlock;
            destination.random(words, at, random, run);
        }
        if (random < length) {
            destination.zero(at + random, length - random);
        }
    }

    /// Zeros at the end of a block: ⌊(b+1)·s/c⌋ - ⌊b·s/c⌋ with s = (c - 1)·bs. The quotients are taken apart, so
    /// that no product leaves 64 bits.
    static int zeros(long block, int blockBytes, long compress) {
        long share = (compress - 1) * blockBytes;
        long rest = share % compress;
        long inCycle = block % compress;
        return (int) (share / compress + (inCycle + 1) * rest / compress - inCycle * rest / compress);
    }
}
