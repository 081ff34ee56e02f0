package dyno.engine.kernel;

import java.util.function.LongSupplier;

/// The JVM's monotonic clock, for engines that time parts of their own work: what is handed to whatever takes
/// a [LongSupplier], so that tests can hand in their own.
public final class NanoTime {

    private NanoTime() {}

    /// Nanoseconds from an arbitrary origin; a read takes about 25 ns.
    public static LongSupplier system() {
        return System::nanoTime;
    }
}
