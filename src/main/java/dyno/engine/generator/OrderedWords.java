package dyno.engine.generator;

/// Words that can only be had in order, from the beginning of a block.
///
/// Remembers where it stands, so that calls that continue where the last one ended, be it within a word, go on
/// without making again what lies before.
abstract class OrderedWords extends WholeWords {

    private boolean started;
    private long blockSeed;
    /// Index of the word that the generator makes next.
    private long position;
    private long lastWord;
    private boolean repeatsLastWord;

    /// Starts the block that is seeded with `seed`.
    abstract void start(long seed);

    /// The generator's next word.
    abstract long draw();

    /// Writes the generator's next words.
    abstract void drawToHeap(byte[] destination, int from, int words);

    /// Writes the generator's next words.
    abstract void drawToNative(long address, int words);

    @Override
    final void seek(Run run) {
        long target = run.randomByte >>> 3;
        boolean sameBlock = started && blockSeed == run.blockSeed;
        repeatsLastWord = sameBlock && run.skew() > 0 && target == position - 1;
        if (repeatsLastWord || (sameBlock && target == position)) {
            return;
        }
        if (!sameBlock || target < position) {
            start(run.blockSeed);
            started = true;
            blockSeed = run.blockSeed;
            position = 0;
        }
        for (; position < target; position++) {
            draw();
        }
    }

    @Override
    final long next() {
        if (repeatsLastWord) {
            repeatsLastWord = false;
        } else {
            lastWord = draw();
            position++;
        }
        return lastWord;
    }

    @Override
    final void nextToHeap(byte[] destination, int from, int words) {
        drawToHeap(destination, from, words);
        position += words;
    }

    @Override
    final void nextToNative(long address, int words) {
        drawToNative(address, words);
        position += words;
    }
}
