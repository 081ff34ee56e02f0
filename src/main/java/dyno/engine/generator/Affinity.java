package dyno.engine.generator;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Ties the calling platform thread to one processor, by the C library's `sched_setaffinity`.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html">sched_setaffinity(2)</a>
final class Affinity {

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private Affinity() {}

    /// @return why the thread is not pinned; empty where it is
    static Optional<String> pinTo(int cpu) {
        if (Thread.currentThread().isVirtual()) {
            return Optional.of("a virtual thread has no processor of its own");
        }
        var function = Linker.nativeLinker().defaultLookup().find("sched_setaffinity");
        if (function.isEmpty()) {
            return Optional.of("this platform has no sched_setaffinity");
        }
        try (var arena = Arena.ofConfined()) {
            // The kernel takes masks of any length; bits beyond the end count as zero.
            var mask = arena.allocate(Math.ceilDiv(cpu + 1, Long.SIZE) * (long) Long.BYTES, Long.BYTES);
            mask.set(ValueLayout.JAVA_BYTE, cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
            var state = arena.allocate(CALL_STATE);
            int result = (int) handle(function.get()).invokeExact(state, 0, mask.byteSize(), mask);
            return result == 0
                    ? Optional.empty()
                    : Optional.of("the kernel refused CPU %d with errno %d"
                            .formatted(cpu, state.get(ValueLayout.JAVA_INT, ERRNO)));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Calling sched_setaffinity failed", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(MemorySegment function) {
        return Linker.nativeLinker()
                .downcallHandle(
                        function,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                        Linker.Option.captureCallState("errno"));
    }
}
