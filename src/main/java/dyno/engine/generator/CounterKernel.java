package dyno.engine.generator;

import static dyno.engine.kernel.SplitMix64.GAMMA;
import static dyno.engine.kernel.SplitMix64.MULTIPLIER_1;
import static dyno.engine.kernel.SplitMix64.MULTIPLIER_2;

/// The loops of algorithm `COUNTER`: SplitMix64 as a counter, written so that C2 vectorises them.
///
/// The counter comes from a table of multiples plus a constant for each tile, because C2 does not vectorise a loop
/// that multiplies its own variable. Benchmark: `GeneratorKernelBenchmark.counter`; what else was tried stands
/// in docs/engines/generator.md.
final class CounterKernel {

    /// Words of a tile: 4 KiB of table, an eighth of the smallest first-level cache in use.
    private static final int TILE_WORDS = 512;

    private static final long[] MULTIPLES = multiples();

    private CounterKernel() {}

    /// Writes `words` outputs, the first of which is `mix(counter)`, the next `mix(counter + GAMMA)`.
    static void toHeap(byte[] destination, int from, int words, long counter) {
        long tileCounter = counter;
        int end = from + (words << 3);
        for (int at = from; at < end; at += TILE_WORDS << 3) {
            tileToHeap(destination, at, Math.min(TILE_WORDS, (end - at) >>> 3), tileCounter);
            tileCounter += MULTIPLES.length * GAMMA;
        }
    }

    /// Writes `words` outputs, the first of which is `mix(counter)`, the next `mix(counter + GAMMA)`.
    static void toNative(long address, int words, long counter) {
        long tileCounter = counter;
        for (int done = 0; done < words; done += TILE_WORDS) {
            tileToNative(address + ((long) done << 3), Math.min(TILE_WORDS, words - done), tileCounter);
            tileCounter += MULTIPLES.length * GAMMA;
        }
    }

    private static void tileToHeap(byte[] destination, int from, int words, long counter) {
        long[] multiples = MULTIPLES;
        for (int i = 0; i < words; i++) {
            long z = counter + multiples[i];
            z = (z ^ z >>> 30) * MULTIPLIER_1;
            z = (z ^ z >>> 27) * MULTIPLIER_2;
            Bytes.WORD.set(destination, from + i * Long.BYTES, z ^ z >>> 31);
        }
    }

    private static void tileToNative(long address, int words, long counter) {
        long[] multiples = MULTIPLES;
        long at = address & NativeBytes.ADDRESS_MASK;
        // The bound is for C2: with it the index arithmetic provably stays within an int.
        int count = Math.min(words, TILE_WORDS);
        for (int i = 0; i < count; i++) {
            long z = counter + multiples[i];
            z = (z ^ z >>> 30) * MULTIPLIER_1;
            z = (z ^ z >>> 27) * MULTIPLIER_2;
            NativeBytes.MEMORY.set(NativeBytes.WORD, at + (long) i * Long.BYTES, z ^ z >>> 31);
        }
    }

    private static long[] multiples() {
        long[] table = new long[TILE_WORDS];
        for (int i = 0; i < table.length; i++) {
            table[i] = i * GAMMA;
        }
        return table;
    }
}
