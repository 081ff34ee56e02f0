package dyno.engine.generator;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Fresh pages outside the heap that nobody has touched, so that each lands on the memory node of the worker that
/// writes to it first. Memory from an arena was zeroed by the thread that asked for it.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
final class UntouchedMemory {

    // Values of Linux, where alone workers are pinned.
    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;
    private static final long MAP_FAILED = -1;

    private UntouchedMemory() {}

    /// Page-aligned zeros that are unmapped when `arena` closes.
    ///
    /// @throws OutOfMemoryError where the kernel gives none
    static MemorySegment map(Arena arena, long bytes) {
        try {
            var mapped = (MemorySegment) function(
                            "mmap",
                            FunctionDescriptor.of(
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG))
                    .invokeExact(MemorySegment.NULL, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
            if (mapped.address() == MAP_FAILED) {
                throw new OutOfMemoryError("The kernel maps no %d bytes".formatted(bytes));
            }
            return owned(mapped, arena, bytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Calling mmap failed", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MemorySegment owned(MemorySegment mapped, Arena arena, long bytes) {
        return mapped.reinterpret(bytes, arena, UntouchedMemory::unmap);
    }

    private static void unmap(MemorySegment segment) {
        try {
            int result = (int) function(
                            "munmap",
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG))
                    .invokeExact(segment, segment.byteSize());
            if (result != 0) {
                throw new IllegalStateException("The kernel does not unmap %d bytes".formatted(segment.byteSize()));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Calling munmap failed", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
