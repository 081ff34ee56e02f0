package dyno.engine.etl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// Stands between a client and a server on loopback, and once cuts both off when the client says a certain word.
final class CuttingProxy implements AutoCloseable {

    private enum Cut {
        BEFORE,
        AFTER_THE_SERVER_DID_IT
    }

    private final ServerSocket listener;
    private final int server;
    private volatile @Nullable String word;
    private volatile Cut cut = Cut.BEFORE;

    CuttingProxy(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// The server hears the word and answers; the client never hears the answer.
    void swallowTheReplyTo(String said) {
        cut = Cut.AFTER_THE_SERVER_DID_IT;
        word = said;
    }

    /// The server never hears the word.
    void cutOffBefore(String said) {
        cut = Cut.BEFORE;
        word = said;
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                var pair = new Pair();
                Thread.ofVirtual().start(() -> pair.pump(client, upstream, true));
                Thread.ofVirtual().start(() -> pair.pump(upstream, client, false));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private final class Pair {

        private volatile boolean isDeaf;

        void pump(Socket from, Socket to, boolean isClients) {
            var buffer = new byte[64 * 1024];
            try (from;
                    to) {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (isClients && says(buffer, count)) {
                        if (cut == Cut.BEFORE) {
                            return;
                        }
                        isDeaf = true;
                    }
                    if (!isClients && isDeaf) {
                        return;
                    }
                    out.write(buffer, 0, count);
                    out.flush();
                }
            } catch (IOException e) {
                // One side is gone, so the other goes too.
            }
        }

        private boolean says(byte[] buffer, int count) {
            var wanted = word;
            if (wanted != null && new String(buffer, 0, count, ISO_8859_1).contains(wanted)) {
                word = null;
                return true;
            }
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
