package dyno.fork;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A forked JVM and the threads that talk with it. Used by one thread at a time.
///
/// Closing it kills it and all that it has started, and waits until they are gone.
final class ForkProcess implements AutoCloseable {

    /// What happened to the fork.
    sealed interface Event {

        /// It wrote a line of the protocol.
        record Said(ForkMessage message) implements Event {}

        /// It wrote something else, and is not listened to any more.
        record Babbled() implements Event {}

        /// It closed its stdout, as a process does that ends.
        record FellSilent() implements Event {}
    }

    /// How long a pump gets to read what the dead fork left in its pipe. Only a process that outlived its killing
    /// could hold a pipe open for longer.
    private static final long PUMP_MILLIS = 2_000;

    /// Shown of a line that is no protocol.
    private static final int GARBAGE_BYTES = 200;

    private final Process process;
    private final ProcessTree tree;
    private final OutputTail tail = new OutputTail();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Thread> pumps;

    private ForkProcess(Process process, String mark, byte[] request) {
        this.process = process;
        this.tree = new ProcessTree(process.toHandle(), ForkEnvironment.MARK + "=" + mark);
        this.pumps = List.of(
                pump("request", () -> send(request)), pump("stdout", this::listen), pump("stderr", this::keepTail));
    }

    /// @param builder of the fork; its environment carries `mark`
    /// @param request one line
    static ForkProcess start(ProcessBuilder builder, String mark, byte[] request) throws IOException {
        var fork = new ForkProcess(builder.start(), mark, request);
        fork.pumps.forEach(Thread::start);
        return fork;
    }

    /// @return null where nothing happened for so long
    @Nullable
    Event next(long waitNanos) throws InterruptedException {
        return events.poll(waitNanos, TimeUnit.NANOSECONDS);
    }

    /// Whether the fork ended within that time.
    boolean waitFor(long waitNanos) throws InterruptedException {
        return process.waitFor(waitNanos, TimeUnit.NANOSECONDS);
    }

    /// Only after it ended.
    int exitStatus() {
        return process.exitValue();
    }

    /// Of a fork that is closed, waiting for the kernel to hand it over; empty where it outlived even its killing.
    OptionalInt statusAfterKilling() {
        return process.onExit()
                .orTimeout(PUMP_MILLIS, TimeUnit.MILLISECONDS)
                .handle((ended, late) -> ended == null ? OptionalInt.empty() : OptionalInt.of(ended.exitValue()))
                .join();
    }

    /// What it wrote last beside the protocol; complete only once the fork is closed.
    List<String> lastOutput() {
        return tail.lines();
    }

    @Override
    public void close() {
        tree.end();
        boolean interrupted = Thread.interrupted();
        try {
            for (var pump : pumps) {
                interrupted |= isInterruptedWhileJoining(pump);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isInterruptedWhileJoining(Thread pump) {
        try {
            pump.join(PUMP_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private Thread pump(String what, Runnable work) {
        return Thread.ofPlatform()
                .name("fork-%d-%s".formatted(process.pid(), what))
                .daemon()
                .unstarted(work);
    }

    /// In a thread of its own, since a fork that does not read would hold the sender for ever. The pipe stays open:
    /// its end tells the fork that this JVM is gone.
    private void send(byte[] request) {
        OutputStream stdin = process.getOutputStream();
        try {
            stdin.write(request);
            stdin.flush();
        } catch (IOException e) {
            note("The request did not get through: " + e.getMessage());
        }
    }

    private void listen() {
        try {
            var lines = new LineReader(process.getInputStream(), ForkJson.MAX_LINE_BYTES);
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!isUnderstood(line.get(), lines.isOverlong())) {
                    events.add(new Event.Babbled());
                    return;
                }
            }
        } catch (IOException e) {
            note("stdout broke: " + e.getMessage());
        }
        events.add(new Event.FellSilent());
    }

    private boolean isUnderstood(byte[] line, boolean overlong) {
        var message = overlong ? Optional.<ForkMessage>empty() : ForkJson.message(line);
        if (message.isPresent()) {
            events.add(new Event.Said(message.get()));
            return true;
        }
        note(new String(line, 0, Math.min(line.length, GARBAGE_BYTES), StandardCharsets.UTF_8));
        return false;
    }

    private void keepTail() {
        var buffer = new byte[8192];
        try (InputStream stderr = process.getErrorStream()) {
            for (int count = stderr.read(buffer); count >= 0; count = stderr.read(buffer)) {
                tail.add(buffer, 0, count);
            }
        } catch (IOException e) {
            note("stderr broke: " + e.getMessage());
        }
    }

    private void note(String line) {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        tail.add(bytes, 0, bytes.length);
    }
}
