package dyno.engine.generator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Little-endian words in byte arrays.
final class Bytes {

    /// A plain store through it is the form that C2 vectorises; see `GeneratorKernelBenchmark`.
    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /// Writes the low `count` bytes of `word`, lowest first.
    static void put(byte[] destination, int at, long word, int count) {
        for (int i = 0; i < count; i++) {
            destination[at + i] = (byte) (word >>> (i << 3));
        }
    }
}
