package dyno.fork;

import dyno.catalog.EngineCatalog;
import dyno.engine.Cancellation;
import dyno.fork.ForkOutcome.Failed;
import dyno.measurement.OwnJvmMeter;
import dyno.measurement.TrialRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// The face `fork`: measures one fork and ends.
///
/// ```text
/// stdin   one line: the request; then nothing until the service goes away
/// stdout  {"event":"progress",…}* then {"event":"result",…} or {"event":"failure",…}
/// stderr  everything else: what libraries print, stack traces
/// ```
public final class ForkMain {

    /// System property of service and fork that names a `Supplier<EngineCatalog>` with a public no-argument
    /// constructor, to be used instead
    /// of the standard catalog; only tests set it. Forks are told what their service was told.
    public static final String CATALOG_PROPERTY = "dyno.catalog";

    /// System property of a fork that others learn from: see [ForkTraining].
    static final String TRAINING_PROPERTY = "dyno.fork.training";

    /// To be killed first when the machine's memory runs out: the fork, not the service.
    private static final Path OOM_SCORE = Path.of("/proc/self/oom_score_adj");

    private static final String KILL_FIRST = "1000";

    private static final int EXIT_DONE = 0;
    private static final int EXIT_BROKEN = 1;
    private static final int EXIT_USAGE = 2;

    private ForkMain() {}

    public static void main(String[] args) {
        int status;
        try {
            status = run();
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            status = EXIT_BROKEN;
        }
        if (Boolean.getBoolean(TRAINING_PROPERTY)) {
            // A JVM that is halted writes no cache.
            System.exit(status);
        }
        // Not exit: threads that an engine left behind, and hooks of libraries, have no say any more.
        Runtime.getRuntime().halt(status);
    }

    private static int run() throws IOException {
        var out = ProtocolOutput.takeOver();
        var stdin = System.in;
        System.setIn(InputStream.nullInputStream());
        var line = new LineReader(stdin, ForkJson.MAX_LINE_BYTES).next();
        if (line.isEmpty()) {
            System.err.println("There is no request on stdin. Forks are started by the service, not by hand.");
            return EXIT_USAGE;
        }
        ParentWatch.start(stdin);
        dieFirst();
        out.write(ForkJson.line(measure(ForkJson.request(line.get()), out)));
        return EXIT_DONE;
    }

    /// Whatever is thrown, errors included, is the fork's result: the trace goes to stderr, a sentence to the client.
    @SuppressWarnings("CatchingThrowable")
    private static ForkMessage measure(ForkRequest request, ProtocolOutput out) {
        try {
            var fault = Fault.ofThisJvm();
            fault.strike(out);
            var trial = new BoundTrial(catalog(), new TrialRunner(System::nanoTime, new OwnJvmMeter()));
            var progress = new ProgressSender(out, System::nanoTime);
            var recording = request.recording();
            if (recording == null) {
                return new ForkMessage.Result(fault.distort(trial.run(request, Cancellation.NONE, progress)));
            }
            try (var recorder = FlightRecorder.into(recording, progress)) {
                return new ForkMessage.Result(fault.distort(trial.run(request, Cancellation.NONE, recorder)));
            }
        } catch (Throwable thrown) {
            thrown.printStackTrace();
            Failed failed = Failures.of(thrown);
            return new ForkMessage.Failure(failed.code(), failed.message(), failed.details());
        }
    }

    /// The engines of this JVM: [EngineCatalog#standard], or what [#CATALOG_PROPERTY] names.
    ///
    /// @throws IllegalStateException where it names no such class
    public static EngineCatalog catalog() {
        var name = System.getProperty(CATALOG_PROPERTY);
        if (name == null) {
            return EngineCatalog.standard();
        }
        try {
            return supplied(name);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException("%s is no catalog: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static EngineCatalog supplied(String name) throws ReflectiveOperationException {
        Supplier<?> supplier = Class.forName(name)
                .asSubclass(Supplier.class)
                .getDeclaredConstructor()
                .newInstance();
        return (EngineCatalog) supplier.get();
    }

    private static void dieFirst() {
        if (Files.isWritable(OOM_SCORE)) {
            try {
                Files.writeString(OOM_SCORE, KILL_FIRST);
            } catch (IOException e) {
                System.err.println("The kernel was not told to kill this process first: " + e);
            }
        }
    }
}
