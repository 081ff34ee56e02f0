package dyno.engine.generator;

/// Layout `INTERLEAVED`.
///
/// ```text
/// stream    unit 0   unit 1   …  unit W   …        dedup units; DedupPlan says which distinct unit stands where
/// content   ┌─────────────────────────────┐        content offset = id · unit bytes + offset in the unit
///           │ p=0   │ p=1   │ p=2   │ …   │        compress units
///           │rrrrr00│rrrrr00│rrrrr00│     │        r random words, 0 filler
///           └─────────────────────────────┘
/// ```
final class InterleavedWriter implements ContentWriter {

    private final Content content;
    private final Ratios ratios;
    private final DedupPlan plan;
    private final RandomWords words;
    private final Run run = new Run();
    private final boolean byBlock;
    private final long blockMask;
    private final int blockShift;

    InterleavedWriter(Content content) {
        this.content = content;
        this.ratios = content.ratios();
        this.plan = content.dedupPlan();
        this.words = RandomWords.of(content);
        this.byBlock = content.algorithm().isByBlock();
        this.blockMask = ratios.generatorBlockBytes() - 1L;
        this.blockShift = Integer.numberOfTrailingZeros(ratios.generatorBlockBytes());
    }

    @Override
    public void write(Destination destination, long at, int length, long position) {
        if (!ratios.hasRepeats()) {
            writeContent(destination, at, length, position);
            return;
        }
        int unitBytes = ratios.dedupUnitBytes();
        int done = 0;
        while (done < length) {
            long unit = (position + done) / unitBytes;
            long inUnit = position + done - unit * unitBytes;
            int count = (int) Math.min(length - done, unitBytes - inUnit);
            writeContent(destination, at + done, count, plan.contentId(unit) * unitBytes + inUnit);
            done += count;
        }
    }

    private void writeContent(Destination destination, long at, int length, long contentOffset) {
        if (!byBlock) {
            writeBlock(destination, at, length, contentOffset);
            return;
        }
        int done = 0;
        while (done < length) {
            long offset = contentOffset + done;
            int count = (int) Math.min(length - done, blockMask + 1 - (offset & blockMask));
            run.blockSeed = content.blockSeed(offset >>> blockShift);
            writeBlock(destination, at + done, count, offset);
            done += count;
        }
    }

    private void writeBlock(Destination destination, long at, int length, long contentOffset) {
        if (ratios.isPlain()) {
            run.contentOffset = contentOffset;
            run.randomByte = contentOffset & blockMask;
            destination.random(words, at, length, run);
            return;
        }
        int unitBytes = ratios.compressUnitBytes();
        long unit = contentOffset / unitBytes;
        int inUnit = (int) (contentOffset - unit * unitBytes);
        long before = ratios.randomWordsBefore(unit);
        long beforeBlock = ratios.randomWordsBefore((contentOffset & ~blockMask) / unitBytes);
        int done = 0;
        while (done < length) {
            long after = ratios.randomWordsBefore(unit + 1);
            int randomBytes = (int) (after - before) << 3;
            int count = Math.min(length - done, unitBytes - inUnit);
            int random = Math.clamp((long) randomBytes - inUnit, 0, count);
            if (random > 0) {
                run.contentOffset = contentOffset + done;
                run.randomByte = ((before - beforeBlock) << 3) + inUnit;
                destination.random(words, at + done, random, run);
            }
            if (random < count) {
                destination.zero(at + done + random, count - random);
            }
            done += count;
            inUnit = 0;
            before = after;
            unit++;
        }
    }
}
