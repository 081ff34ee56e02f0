package dyno.measurement;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/// The kernel's accounts of this process: `getrusage(RUSAGE_SELF)`.
///
/// ```text
/// byte   0        8        16       24       32 … 128      136
///       ┌────────┬────────┬────────┬────────┬───┬────────┬────────┐
///       │ user s │ user µs│ sys s  │ sys µs │ … │ nvcsw  │ nivcsw │   64-bit Linux
///       └────────┴────────┴────────┴────────┴───┴────────┴────────┘
/// ```
///
/// The call, and not `/proc/self/task`, because that forgets threads that have ended, and engines may start
/// fresh ones in each invocation; and because the JDK's own process CPU time has steps of 10 ms.
///
/// Used by one thread at a time.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</a>
final class ProcessUsage {

    private static final int RUSAGE_SELF = 0;
    private static final long STRUCT_BYTES = 144;
    private static final long USER = 0;
    private static final long SYSTEM = 16;
    private static final long VOLUNTARY_SWITCHES = 128;
    private static final long INVOLUNTARY_SWITCHES = 136;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final MethodHandle getrusage;
    private final MemorySegment struct;

    private ProcessUsage(MethodHandle getrusage, MemorySegment struct) {
        this.getrusage = getrusage;
        this.struct = struct;
    }

    /// Native access is what `--enable-native-access` permits; forks are started with it.
    ///
    /// @param memory holds the 144 bytes that the kernel writes to
    /// @throws Unreadable on anything but a 64-bit Linux: the struct differs elsewhere
    @SuppressWarnings("restricted")
    static ProcessUsage open(Arena memory) throws Unreadable {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
                || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            throw new Unreadable(Unreadable.NOT_LINUX);
        }
        var linker = Linker.nativeLinker();
        var function =
                linker.defaultLookup().find("getrusage").orElseThrow(() -> new Unreadable(Unreadable.NOT_SUPPORTED));
        var handle = linker.downcallHandle(
                function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        return new ProcessUsage(handle, memory.allocate(STRUCT_BYTES, Long.BYTES));
    }

    /// Processor time of all threads, those that have ended included.
    long cpuMicros() throws Unreadable {
        call();
        return micros(USER) + micros(SYSTEM);
    }

    /// Context switches of all threads, voluntary and not, those of threads that have ended included.
    long contextSwitches() throws Unreadable {
        call();
        return longAt(VOLUNTARY_SWITCHES) + longAt(INVOLUNTARY_SWITCHES);
    }

    /// Those of them in which the kernel took the processor away.
    long involuntarySwitches() throws Unreadable {
        call();
        return longAt(INVOLUNTARY_SWITCHES);
    }

    private long micros(long offset) {
        return longAt(offset) * MICROS_PER_SECOND + longAt(offset + Long.BYTES);
    }

    private long longAt(long offset) {
        return struct.get(ValueLayout.JAVA_LONG, offset);
    }

    private void call() throws Unreadable {
        int status;
        try {
            status = (int) getrusage.invokeExact(RUSAGE_SELF, struct);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("getrusage threw a checked exception", e);
        }
        if (status != 0) {
            throw new Unreadable(Unreadable.NOT_SUPPORTED);
        }
    }
}
