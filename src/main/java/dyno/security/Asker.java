package dyno.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Who is behind an address, for limits: one IPv4 address, or one IPv6 network of 64 bits, of which a single
/// machine may use every address.
final class Asker {

    private static final int NETWORK_BYTES = 8;

    private Asker() {}

    /// @param remoteAddress as the container tells it: digits, never a name
    static String of(String remoteAddress) {
        try {
            return InetAddress.ofLiteral(remoteAddress) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : remoteAddress;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The container calls '%s' an address".formatted(remoteAddress), e);
        }
    }
}
