package dyno.fork;

import java.io.IOException;
import java.io.InputStream;

/// Ends this JVM, and whatever it has started, when the process that started it is gone.
///
/// The service holds the other end of stdin open as long as it lives, so its end is the service's, however that came
/// about: `kill -9` leaves no time for a farewell.
final class ParentWatch implements Runnable {

    private final InputStream stdin;

    private ParentWatch(InputStream stdin) {
        this.stdin = stdin;
    }

    /// @param stdin past the request
    static void start(InputStream stdin) {
        Thread.ofPlatform().name("parent-watch").daemon().start(new ParentWatch(stdin));
    }

    @Override
    public void run() {
        try {
            while (stdin.read() >= 0) {
                // The service says nothing after the request.
            }
        } catch (IOException e) {
            System.err.println("stdin broke, which is as good as its end: " + e);
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(1);
    }
}
