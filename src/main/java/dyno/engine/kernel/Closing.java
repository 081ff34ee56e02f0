package dyno.engine.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Closes several things, all of them, whatever the others throw: in the order in which they were added, the first
/// failure thrown and every later one suppressed in it, errors and unchecked exceptions included.
///
/// ```java
/// Closing.all(encoders).and(files).close();          // at the end
/// Closing.all(files).after(e);                       // where opening failed half-way with `e`
/// try (var open = Closing.all()) { open.and(…); … }  // what is opened on the way
/// ```
///
/// Used by one thread at a time.
public final class Closing implements AutoCloseable {

    private final List<AutoCloseable> things = new ArrayList<>();

    private Closing() {}

    /// Everything of `things`, in its order. Nulls are passed over, so that what was not opened needs no test.
    public static Closing all(Collection<? extends @Nullable AutoCloseable> things) {
        return new Closing().and(things);
    }

    /// The same for a few.
    public static Closing all(@Nullable AutoCloseable... things) {
        return new Closing().and(Arrays.asList(things));
    }

    /// Then everything of `more`.
    public Closing and(Collection<? extends @Nullable AutoCloseable> more) {
        for (var thing : more) {
            and(thing);
        }
        return this;
    }

    /// Then `thing`, where there is one.
    public Closing and(@Nullable AutoCloseable thing) {
        if (thing != null) {
            things.add(thing);
        }
        return this;
    }

    /// Closes all.
    ///
    /// @throws IOException the first failure, where it is one. Unchecked exceptions and errors are thrown as they
    ///                     are; of an [InterruptedException] the thread's flag is set again and an [IOException]
    ///                     made of it, as of any other checked exception
    @Override
    public void close() throws IOException {
        var failure = closeAll(null);
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException("cannot be closed: " + failure, failure);
        }
    }

    /// Closes all where something failed already; what closing throws is suppressed in that. Throws nothing itself.
    public void after(Throwable cause) {
        closeAll(cause);
    }

    private @Nullable Throwable closeAll(@Nullable Throwable cause) {
        var first = cause;
        for (var thing : things) {
            try {
                thing.close();
            } catch (Throwable e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                first = joined(first, e);
            }
        }
        things.clear();
        return first;
    }

    @SuppressWarnings("ReferenceEquality") // An exception cannot suppress itself.
    private static Throwable joined(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }
}
