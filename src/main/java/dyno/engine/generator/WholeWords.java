package dyno.engine.generator;

/// What algorithms share that make one word after the other: runs that begin or end within a word.
abstract class WholeWords implements RandomWords {

    /// Moves to the word that holds the run's first byte.
    abstract void seek(Run run);

    /// The next word.
    abstract long next();

    /// Writes the next `words` words.
    abstract void nextToHeap(byte[] destination, int from, int words);

    /// Writes the next `words` words.
    abstract void nextToNative(long address, int words);

    @Override
    public final void toHeap(byte[] destination, int from, int length, Run run) {
        seek(run);
        int at = from;
        int left = length;
        int skew = run.skew();
        if (skew > 0) {
            int head = Math.min(Long.BYTES - skew, left);
            Bytes.put(destination, at, next() >>> (skew << 3), head);
            at += head;
            left -= head;
        }
        int words = left >>> 3;
        if (words > 0) {
            nextToHeap(destination, at, words);
        }
        int tail = left & 7;
        if (tail > 0) {
            Bytes.put(destination, at + (words << 3), next(), tail);
        }
    }

    @Override
    public final void toNative(long address, int length, Run run) {
        seek(run);
        long at = address;
        int left = length;
        int skew = run.skew();
        if (skew > 0) {
            int head = Math.min(Long.BYTES - skew, left);
            NativeBytes.put(at, next() >>> (skew << 3), head);
            at += head;
            left -= head;
        }
        int words = left >>> 3;
        if (words > 0) {
            nextToNative(at, words);
        }
        int tail = left & 7;
        if (tail > 0) {
            NativeBytes.put(at + ((long) words << 3), next(), tail);
        }
    }
}
