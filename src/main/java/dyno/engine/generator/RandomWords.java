package dyno.engine.generator;

/// Random bytes of one algorithm, for one stream. Used by one worker at a time.
///
/// Heap and native destinations have methods of their own all the way down, so that the JIT compiler's
/// profile of one cannot spoil the other.
interface RandomWords {

    /// Writes the `length` random bytes that begin at `run`.
    ///
    /// @param from index in `destination`; the caller has checked that the run fits
    void toHeap(byte[] destination, int from, int length, Run run);

    /// Writes the `length` random bytes that begin at `run`.
    ///
    /// @param address of memory outside the heap; the caller has checked that the run fits, and keeps it reachable
    void toNative(long address, int length, Run run);

    static RandomWords of(Content content) {
        return switch (content.algorithm()) {
            case COUNTER -> new CounterWords(content.key());
            case XOSHIRO -> new XoshiroWords();
            case AES_CTR -> new AesCtrWords(content.key());
            case JDK_RANDOM -> new JdkRandomWords();
            case SECURE_RANDOM -> new SecureRandomWords();
            case ZERO -> new ZeroWords();
        };
    }
}
