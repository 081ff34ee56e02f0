package dyno.environment;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A fixed piece of work whose speed tells how fast this machine is just now.
///
/// It is never changed: scores of years are comparable only as long as the work is the same. Whoever needs
/// another one adds it under another name. Each step depends on the one before by a multiplication and a
/// load from 256 KiB, so that it slows down with the clock, with stolen time and with neighbours in the
/// cache, and no compiler can vectorise or drop it.
///
/// ```text
/// state = (state ^ table[state >>> 49]) × 0x9E3779B97F4A7C15 + 1      100,000 times a pass
/// ```
///
/// Used by one thread at a time.
final class Canary {

    /// Steps of one pass: about a millisecond.
    static final int STEPS = 100_000;

    /// What [#pass] gives. A test holds it fast, and with it the work.
    static final long RESULT = 0xA9E80374BCD20E1BL;

    /// Long enough for a median, short enough to be nothing beside a fork's start.
    private static final int PASSES = 7;

    /// Passes until the JIT compiler is done with them, thrown away before the first score.
    private static final int WARMUP_PASSES = 15;

    /// 2^15 longs are 256 KiB: beyond every first-level cache, within every second-level one.
    private static final int TABLE_BITS = 15;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final LongSupplier nanoTime;
    private final long[] table = new long[1 << TABLE_BITS];
    private boolean isWarm;

    Canary(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long state = 1;
        for (int i = 0; i < table.length; i++) {
            state = state * MULTIPLIER + 1;
            table[i] = state ^ (state >>> 32);
        }
    }

    /// How fast it was.
    ///
    /// @param score  steps a second of the median pass
    /// @param spread how much longer the median pass took than the fastest, 0 for a quiet machine
    record Song(double score, double spread) {}

    /// Sings once; the first time, some tens of milliseconds longer.
    ///
    /// @param betweenPasses runs after each pass, untimed
    Song sing(Runnable betweenPasses) {
        if (!isWarm) {
            for (int i = 0; i < WARMUP_PASSES; i++) {
                checked(pass());
            }
            isWarm = true;
        }
        var nanos = new long[PASSES];
        for (int i = 0; i < PASSES; i++) {
            long start = nanoTime.getAsLong();
            long result = pass();
            nanos[i] = Math.max(1, nanoTime.getAsLong() - start);
            checked(result);
            betweenPasses.run();
        }
        Arrays.sort(nanos);
        long median = nanos[PASSES / 2];
        return new Song((double) STEPS * TimeUnit.SECONDS.toNanos(1) / median, (double) median / nanos[0] - 1);
    }

    /// The fixed work.
    long pass() {
        var words = table;
        long state = 42;
        for (int i = 0; i < STEPS; i++) {
            state = (state ^ words[(int) (state >>> (Long.SIZE - TABLE_BITS))]) * MULTIPLIER + 1;
        }
        return state;
    }

    /// Uses the result, without which the work could be left out.
    private static void checked(long result) {
        if (result != RESULT) {
            throw new IllegalStateException("The canary sang %016x instead of %016x".formatted(result, RESULT));
        }
    }
}
