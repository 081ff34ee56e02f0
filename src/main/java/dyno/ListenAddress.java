package dyno;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Where the service listens.
record ListenAddress(InetAddress address, int port) {

    /// Where nobody has to say who they are, only this machine may ask.
    ///
    /// @throws CannotStartException where `bind` is reachable from other machines and no keys are asked for, or
    ///         `port` is taken
    static ListenAddress require(String bind, int port, Authentication authentication) {
        var addresses = resolve(bind);
        if (authentication == Authentication.OFF
                && !Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            throw new CannotStartException(
                    "%s is reachable from other machines and the service asks nobody for a key: set DYNO_AUTH=keys and make a key with ./dyno keys create --name NAME --scope admin, or bind to a loopback address such as 127.0.0.1"
                            .formatted(bind));
        }
        var listen = new ListenAddress(addresses[0], port);
        listen.requireFree();
        return listen;
    }

    private static InetAddress[] resolve(String bind) {
        try {
            return InetAddress.getAllByName(bind);
        } catch (UnknownHostException e) {
            throw new CannotStartException("There is no address %s to bind to".formatted(bind), e);
        }
    }

    /// Asked before PostgreSQL starts, which may take seconds.
    private void requireFree() {
        try (var socket = new ServerSocket()) {
            // As Tomcat does: connections of an earlier service that are still closing are no hindrance.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new CannotStartException(
                    "Port %d on %s cannot be had (%s); choose another with --port"
                            .formatted(port, address.getHostAddress(), e.getMessage()),
                    e);
        }
    }
}
