package dyno.engine.generator;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Buffers of equal size and kind. Memory outside the heap is zeroed, aligned to pages and freed by [#close].
final class ChunkBuffers implements AutoCloseable {

    static final int ALIGNMENT = 4096;

    /// How memory outside the heap is had.
    private interface Allocation {
        MemorySegment allocate(Arena arena, long bytes);
    }

    private final List<Destination> buffers;
    private final @Nullable Arena arena;

    private ChunkBuffers(List<Destination> buffers, @Nullable Arena arena) {
        this.buffers = buffers;
        this.arena = arena;
    }

    /// Buffers that any thread may use and close.
    ///
    /// @throws EngineException with code `OUT_OF_MEMORY` and the size asked where there is no room
    static ChunkBuffers allocate(BufferKind kind, int count, int bytes) {
        return allocate(kind, count, bytes, Arena::ofShared, ChunkBuffers::aligned);
    }

    /// The same, but outside the heap each page comes to life where it is first written to. Arrays are zeroed by the
    /// thread that makes them, which Java code cannot change.
    ///
    /// @throws EngineException with code `OUT_OF_MEMORY` and the size asked where there is no room
    static ChunkBuffers allocateUntouched(BufferKind kind, int count, int bytes) {
        return allocate(kind, count, bytes, Arena::ofShared, UntouchedMemory::map);
    }

    /// A buffer that the calling thread closes before long. Closing costs less, since no other thread has to be
    /// told; workers write to it by its address.
    ///
    /// @throws EngineException with code `OUT_OF_MEMORY` and the size asked where there is no room
    static ChunkBuffers allocateTemporary(BufferKind kind, int bytes) {
        return allocate(kind, 1, bytes, Arena::ofConfined, ChunkBuffers::aligned);
    }

    private static ChunkBuffers allocate(
            BufferKind kind, int count, int bytes, Supplier<Arena> arenas, Allocation allocation) {
        var buffers = new ArrayList<Destination>(count);
        return switch (kind) {
            case HEAP -> {
                for (int i = 0; i < count; i++) {
                    buffers.add(new HeapDestination(heap(bytes), 0, bytes));
                }
                yield new ChunkBuffers(buffers, null);
            }
            case NATIVE -> {
                var arena = arenas.get();
                try {
                    for (int i = 0; i < count; i++) {
                        buffers.add(new NativeDestination(allocation.allocate(arena, bytes)));
                    }
                } catch (OutOfMemoryError e) {
                    arena.close();
                    throw outOfMemory("outside the heap", bytes, e);
                }
                yield new ChunkBuffers(buffers, arena);
            }
        };
    }

    int count() {
        return buffers.size();
    }

    Destination get(int index) {
        return buffers.get(index);
    }

    Destination first() {
        return buffers.getFirst();
    }

    long bytes() {
        return buffers.stream().mapToLong(Destination::bytes).sum();
    }

    @Override
    public void close() {
        if (arena != null && arena.scope().isAlive()) {
            arena.close();
        }
    }

    private static MemorySegment aligned(Arena arena, long bytes) {
        return arena.allocate(bytes, ALIGNMENT);
    }

    private static byte[] heap(int bytes) {
        try {
            return new byte[bytes];
        } catch (OutOfMemoryError e) {
            throw outOfMemory("in the heap", bytes, e);
        }
    }

    private static EngineException outOfMemory(String where, int bytes, OutOfMemoryError cause) {
        return new EngineException(
                FailureCode.OUT_OF_MEMORY, "No room %s for a buffer of %d bytes".formatted(where, bytes), cause);
    }
}
