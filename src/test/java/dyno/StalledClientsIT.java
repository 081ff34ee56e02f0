package dyno;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ServiceProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send all of the largest body but its last byte, more of them than the service's heap has room for.
@Tag("long")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StalledClientsIT {

    /// Of a mebibyte each, against half a gibibyte of heap.
    private static final int CLIENTS = 700;

    private static final int BODY = 1 << 20;

    private static final String SMALL = """
            {"engine": "checker", "plan": {"mode": "SMOKE"}}
            """;

    @TempDir
    private Path data;

    @Test
    void leaveRoomForTheOthers() throws Exception {
        try (var service = ServiceProcess.start(data);
                var crowd = new Crowd(service.uri("/"))) {
            assertThat(crowd.sentWhole()).isPositive();

            for (int i = 0; i < 5; i++) {
                var job = service.finished(service.submit(SMALL));
                assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
            }
            assertThat(Files.readString(data.resolve("service-output.log"))).doesNotContain("OutOfMemoryError");
        }
    }

    /// Sends what the service takes, and stays connected until it is closed.
    private static final class Crowd implements AutoCloseable {

        /// A service that has taken nothing for so long takes nothing more.
        private static final int PATIENCE_MILLIS = 500;

        private final Selector selector = Selector.open();
        private int sentWhole;

        Crowd(URI service) throws IOException {
            var request = request();
            for (int i = 0; i < CLIENTS; i++) {
                var client = SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
                client.configureBlocking(false);
                client.register(selector, SelectionKey.OP_WRITE, request.duplicate());
            }
            while (selector.select(this::send, PATIENCE_MILLIS) > 0) {
                // The selector has sent.
            }
        }

        private void send(SelectionKey key) {
            try {
                var rest = (ByteBuffer) key.attachment();
                ((SocketChannel) key.channel()).write(rest);
                if (!rest.hasRemaining()) {
                    sentWhole++;
                    key.interestOps(0);
                }
            } catch (IOException e) {
                // Refused: the service may well say that these are too many.
                key.interestOps(0);
            }
        }

        /// All but the last byte of what the head announces.
        private static ByteBuffer request() {
            var head = """
                    POST /api/v1/jobs HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    """.formatted(BODY);
            return ByteBuffer.wrap(
                    (head + "{\"engine\":\"" + "x".repeat(BODY)).getBytes(US_ASCII), 0, head.length() + BODY - 1);
        }

        /// How many clients' bytes the service or the kernel holds.
        int sentWhole() {
            return sentWhole;
        }

        @Override
        public void close() throws IOException {
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
