package dyno.engine.generator;

import dyno.engine.kernel.SplitMix64;

/// Words of algorithm `COUNTER`: word `n` is output `n + 1` of the SplitMix64 that started at the key.
final class CounterWords extends WholeWords {

    private final long key;
    private long counter;

    CounterWords(long key) {
        this.key = key;
    }

    @Override
    void seek(Run run) {
        counter = key + ((run.contentOffset >>> 3) + 1) * SplitMix64.GAMMA;
    }

    @Override
    long next() {
        long word = SplitMix64.mix(counter);
        counter += SplitMix64.GAMMA;
        return word;
    }

    @Override
    void nextToHeap(byte[] destination, int from, int words) {
        CounterKernel.toHeap(destination, from, words, counter);
        counter += words * SplitMix64.GAMMA;
    }

    @Override
    void nextToNative(long address, int words) {
        CounterKernel.toNative(address, words, counter);
        counter += words * SplitMix64.GAMMA;
    }
}
