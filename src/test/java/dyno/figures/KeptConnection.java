package dyno.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// A connection that requests follow each other on. The JDK's client takes as much of a processor for a request as
/// the service for its answer, and both share the machine; this one writes bytes and reads bytes.
///
/// Used by one thread at a time.
final class KeptConnection implements AutoCloseable {

    private static final String LENGTH = "content-length:";

    private final int port;
    private Socket socket;
    private OutputStream out;
    private InputStream in;

    KeptConnection(int port) throws IOException {
        this.port = port;
        open();
    }

    private void open() throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// A whole request, head and body.
    static byte[] post(String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, bytes.length);
        return (head + body).getBytes(UTF_8);
    }

    record Answer(int status, String body) {}

    Answer send(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = -1;
        boolean isLast = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
            isLast |= header.equalsIgnoreCase("connection: close");
        }
        if (length < 0) {
            throw new IOException("An answer without a length");
        }
        var answer = new Answer(status, new String(in.readNBytes(length), UTF_8));
        if (isLast) {
            // As servers do after so many requests.
            close();
            open();
        }
        return answer;
    }

    private String line() throws IOException {
        var line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The service closed the connection: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
