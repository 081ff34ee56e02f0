package dyno.fork;

import dyno.measurement.Stage;
import dyno.measurement.TrialListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/// Records the measured iterations of the trial in this JVM: from before the first to after the last,
/// neither preparing nor verifying. Used by one thread at a time.
final class FlightRecorder implements TrialListener, AutoCloseable {

    /// The JDK's own settings for profiling, with twice as many looks at the threads: a fork measures for
    /// a second or two, and does not count.
    private static final String SETTINGS = "profile";

    private static final Duration PERIOD = Duration.ofMillis(5);

    private final Path file;
    private final TrialListener next;
    private final Recording recording;

    private FlightRecorder(Path file, TrialListener next, Recording recording) {
        this.file = file;
        this.next = next;
        this.recording = recording;
    }

    /// @param file written once the iterations are over; its folder is made
    /// @param next hears what this hears
    static FlightRecorder into(Path file, TrialListener next) throws IOException {
        try {
            var recording = new Recording(Configuration.getConfiguration(SETTINGS));
            recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
            recording.enable("jdk.NativeMethodSample").withPeriod(PERIOD);
            return new FlightRecorder(file, next, recording);
        } catch (ParseException e) {
            throw new IOException("The JDK's settings of its Flight Recorder cannot be read", e);
        }
    }

    @Override
    public void at(Stage stage, int iteration, int iterations) {
        next.at(stage, iteration, iterations);
        switch (stage) {
            case PREPARING, WARMUP -> {
                // Not of the measured iterations.
            }
            case MEASURING -> {
                if (iteration == 0) {
                    recording.start();
                }
            }
            case VERIFYING -> write();
        }
    }

    private void write() {
        try {
            recording.stop();
            Files.createDirectories(file.toAbsolutePath().getParent());
            recording.dump(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The profile could not be written", e);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
