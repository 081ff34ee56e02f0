package dyno.engine.etl;

import dyno.engine.Metrics;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// An HTTP server of this process, on loopback. Safe for any number of threads.
final class HttpSink implements EtlSink {

    private final SinkServer server;
    private LineTotals sent = LineTotals.NONE;

    private HttpSink(SinkServer server) {
        this.server = server;
    }

    /// @param processors of the machine: parsing is all that the server does
    static HttpSink start(EtlWorkload workload, int processors) throws IOException {
        int connections = workload.workers() * workload.resolvedSlots();
        return new HttpSink(SinkServer.start(Math.min(connections, 2 * processors)));
    }

    @Override
    public Loader open(int pipeline, int worker) {
        return new HttpLoader(this, uri());
    }

    URI uri() {
        return server.uri();
    }

    synchronized void sent(LineTotals acknowledged) {
        sent = sent.plus(acknowledged);
    }

    @Override
    public synchronized void reset() {
        server.reset();
        sent = LineTotals.NONE;
    }

    @Override
    public synchronized @Nullable String disagreement(Expected expected) {
        var got = server.totals();
        if (!got.equals(sent)) {
            return "the server got %s, sent was %s".formatted(got, sent);
        }
        if (expected.lines() == null) {
            return got.count() == expected.records()
                    ? null
                    : "the server got %d records, expected %d".formatted(got.count(), expected.records());
        }
        return got.equals(expected.lines()) ? null : "the server got %s, expected %s".formatted(got, expected.lines());
    }

    @Override
    public void report(Metrics metrics) {
        var seconds = server.cpuSeconds();
        if (seconds == null) {
            metrics.absent("sinkCpuSeconds", "NO_THREAD_CPU_TIME");
        } else {
            metrics.put("sinkCpuSeconds", seconds);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
