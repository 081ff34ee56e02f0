package dyno.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// A way to a server that a test can cut and mend, or have swallow everything. Safe for any number of threads.
public final class TcpProxy implements AutoCloseable {

    private volatile InetSocketAddress target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition spoken = lock.newCondition();
    private boolean isSilent;
    private ServerSocket listener;

    /// @param targetPort on the loopback
    public TcpProxy(int targetPort) throws IOException {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    public int port() {
        return port;
    }

    /// Breaks every connection and refuses new ones.
    public synchronized void cut() throws IOException {
        listener.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    /// Takes connections again, at the same port.
    public synchronized void mend() throws IOException {
        listener = listen(port);
    }

    /// Takes connections again, to a server that came back at another port.
    public synchronized void mend(int targetPort) throws IOException {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        mend();
    }

    /// Lets nothing through, in either direction; connections stay, and new ones are made.
    public void silence() {
        setSilent(true);
    }

    /// Lets through again, and first what waited meanwhile.
    public void speak() {
        setSilent(false);
    }

    private void setSilent(boolean value) {
        lock.lock();
        try {
            isSilent = value;
            spoken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitSpeech() {
        lock.lock();
        try {
            while (isSilent) {
                spoken.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        cut();
        speak();
    }

    private ServerSocket listen(int at) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
        Thread.ofVirtual().start(() -> accept(server));
        return server;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var client = keep(server.accept());
                var peer = keep(new Socket(target.getAddress(), target.getPort()));
                Thread.ofVirtual().start(() -> pump(client, peer));
                Thread.ofVirtual().start(() -> pump(peer, client));
                if (server.isClosed()) {
                    client.close();
                    peer.close();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private Socket keep(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    /// Either end's end is both ends' end, as with a cable.
    private void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                awaitSpeech();
                out.write(bytes, 0, count);
            }
            awaitSpeech();
        } catch (IOException e) {
            // It was cut.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }
}
