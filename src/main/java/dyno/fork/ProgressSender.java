package dyno.fork;

import dyno.fork.ForkMessage.Progress;
import dyno.measurement.Stage;
import dyno.measurement.TrialListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Tells the service how far the fork is: every stage, and within one at most five times a second, so that short
/// iterations do not drown in lines. Used by one thread at a time.
final class ProgressSender implements TrialListener {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ProtocolOutput out;
    private final LongSupplier nanoTime;
    private @Nullable Stage lastStage;
    private long lastNanos;

    ProgressSender(ProtocolOutput out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    @Override
    public void at(Stage stage, int iteration, int iterations) {
        long now = nanoTime.getAsLong();
        if (stage == lastStage && now - lastNanos < INTERVAL_NANOS) {
            return;
        }
        lastStage = stage;
        lastNanos = now;
        try {
            out.write(ForkJson.line(new Progress(stage, iteration, iterations)));
        } catch (IOException e) {
            throw new UncheckedIOException("The service does not listen any more", e);
        }
    }
}
