package dyno.engine.generator;

import java.util.Arrays;

/// Zeros: what memory takes at most. The fastest fills of the JVM, a different one for each kind of buffer;
/// `GeneratorKernelBenchmark.zero` decided.
final class ZeroWords implements RandomWords {

    @Override
    public void toHeap(byte[] destination, int from, int length, Run run) {
        Arrays.fill(destination, from, from + length, (byte) 0);
    }

    @Override
    public void toNative(long address, int length, Run run) {
        NativeBytes.zero(address, length);
    }
}
