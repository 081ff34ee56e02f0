package dyno.fork;

import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.measurement.MeasuredFork;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/// What a fork does wrong on purpose, so that tests can see what the service makes of it.
///
/// Only the system property [#PROPERTY] of the fork's JVM asks for one, and only tests start forks with it.
enum Fault {
    NONE,
    /// Measures as usual, then says that the output was wrong.
    WRONG_RESULT,
    /// Writes a line that is not of the protocol.
    GARBAGE,
    /// Never ends.
    HANG,
    /// Makes the JVM crash.
    CRASH,
    /// Fills the heap.
    OOM;

    /// Lower case, with hyphens: `wrong-result`.
    static final String PROPERTY = "dyno.fork.fault";

    /// @throws IllegalArgumentException for a word that is none
    static Fault ofThisJvm() {
        var word = System.getProperty(PROPERTY, "none");
        return valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /// Called before the trial is prepared.
    void strike(ProtocolOutput out) throws IOException, InterruptedException {
        switch (this) {
            case NONE, WRONG_RESULT -> {
                // Nothing goes wrong yet.
            }
            case GARBAGE -> {
                out.write("this is no protocol\n".getBytes(StandardCharsets.UTF_8));
                new CountDownLatch(1).await();
            }
            case HANG -> new CountDownLatch(1).await();
            case CRASH -> writeToNowhere();
            case OOM -> fillTheHeap();
        }
    }

    /// Called with what the trial gave.
    MeasuredFork distort(MeasuredFork fork) {
        if (this != WRONG_RESULT) {
            return fork;
        }
        var verification = fork.verification();
        var checks = new ArrayList<>(verification.checks());
        checks.add(Check.failed("faultless", "the fork was told to be wrong"));
        return new MeasuredFork(
                fork.index(),
                fork.pid(),
                fork.jvmFlags(),
                fork.samples(),
                fork.report(),
                new Verification(verification.digest(), verification.digestReason(), checks),
                fork.resources());
    }

    @SuppressWarnings("restricted")
    private static void writeToNowhere() {
        MemorySegment.NULL.reinterpret(Long.BYTES).set(ValueLayout.JAVA_LONG, 0, 1);
    }

    private static void fillTheHeap() {
        var blocks = new ArrayList<byte[]>();
        while (!blocks.contains(null)) {
            blocks.add(new byte[1 << 20]);
        }
    }
}
