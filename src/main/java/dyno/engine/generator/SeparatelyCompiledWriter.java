package dyno.engine.generator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// A writer whose code is compiled for itself, never as a part of whoever calls it.
///
/// C2 stops inlining fifteen calls deep. Where a caller's own loop becomes the unit of compilation, as small chunks
/// make it after some seconds, the fifteenth call falls within the access to a word: the kernel then stores each word
/// by a call, at a tenth of its speed. A method handle that is not a constant is the call that C2 cannot look into; it
/// costs some nanoseconds a piece. Benchmark: `./dyno bench generator-nightly`, job `in-cache`.
final class SeparatelyCompiledWriter implements ContentWriter {

    private static final MethodType WRITE =
            MethodType.methodType(void.class, Destination.class, long.class, int.class, long.class);

    private final ContentWriter writer;

    // An instance's field, on purpose: as a static constant it would be inlined.
    private final MethodHandle write;

    SeparatelyCompiledWriter(ContentWriter writer) {
        this.writer = writer;
        try {
            this.write = MethodHandles.lookup().findVirtual(ContentWriter.class, "write", WRITE);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ContentWriter has no method write of type " + WRITE, e);
        }
    }

    @Override
    public void write(Destination destination, long at, int length, long position) {
        try {
            write.invokeExact(writer, destination, at, length, position);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Writing threw what it does not declare", e);
        }
    }
}
