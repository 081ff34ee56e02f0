package dyno.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Clients that follow a job which does nothing, and clients that never end their request; they come and go
/// together.
///
/// Used by one thread.
final class Crowd implements AutoCloseable {

    private final MeasuredService service;
    private final String job;
    private final List<Stream<String>> idle = new ArrayList<>();
    private Optional<SlowClients> slow = Optional.empty();

    /// @param job what the idle ones follow
    Crowd(MeasuredService service, String job) {
        this.service = service;
        this.job = job;
    }

    boolean isThere() {
        return !idle.isEmpty();
    }

    /// Returns when all are connected, or none is.
    void become(int idleClients, int slowClients) throws IOException, InterruptedException {
        if (isThere() == idleClients > 0) {
            return;
        }
        close();
        for (int i = 0; i < idleClients; i++) {
            idle.add(service.follow(job));
        }
        if (slowClients > 0) {
            slow = Optional.of(new SlowClients(service.port(), slowClients));
        }
    }

    @Override
    public void close() throws IOException {
        idle.forEach(Stream::close);
        idle.clear();
        if (slow.isPresent()) {
            slow.get().close();
            slow = Optional.empty();
        }
    }
}
