package dyno.figures;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Clients that never end their request: each sends a byte of a header now and then, and comes again when
/// it is turned
/// away.
final class SlowClients implements AutoCloseable {

    private static final byte[] START =
            "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);

    private static final long PAUSE_MILLIS = 500;

    private final int port;
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    SlowClients(int port, int clients) throws IOException {
        this.port = port;
        for (int i = 0; i < clients; i++) {
            sockets.add(connected());
        }
        thread = Thread.ofPlatform().name("slow-clients").start(this::drip);
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(START);
        return socket;
    }

    private void drip() {
        try {
            while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                for (int i = 0; i < sockets.size(); i++) {
                    if (!dripped(sockets.get(i).getOutputStream())) {
                        sockets.get(i).close();
                        sockets.set(i, connected());
                    }
                }
            }
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("The service takes no connections", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean dripped(OutputStream out) {
        try {
            out.write('x');
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
