package dyno.webhook;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Addresses that belong to the whole internet: not this machine, its network, a provider's own
/// services, or groups of receivers.
///
/// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 special-purpose
/// addresses</a>
/// @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 special-purpose
/// addresses</a>
final class PublicAddresses {

    private static final int IPV4_BYTES = 4;

    private static final List<Block> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    // Carrier-grade NAT; 100.100.100.200 is a cloud's metadata.
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    // A cloud's host, reachable from its machines only.
                    "168.63.129.16/32",
                    // Link-local; 169.254.169.254 is most clouds' metadata.
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    // Multicast, reserved, broadcast.
                    "224.0.0.0/3",
                    // Teredo and other protocols' own.
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20")
            .map(Block::of)
            .toList();

    /// Everything else of IPv6 is loopback, local, multicast or not given to anybody.
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

    /// Holds an IPv4 address in its last four bytes, and reaches that.
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    /// Holds an IPv4 address in its bytes 2 to 5, and reaches that.
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        return contain(address.getAddress());
    }

    private static boolean contain(byte[] address) {
        if (NAT64.contains(address)) {
            return contain(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return contain(Arrays.copyOfRange(address, 2, 6));
        }
        return (address.length == IPV4_BYTES || GLOBAL_UNICAST.contains(address))
                && NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
    }

    /// Addresses that begin alike.
    ///
    /// @param start      the first of them
    /// @param bits       of an address
    /// @param prefixBits that are alike
    private record Block(BigInteger start, int bits, int prefixBits) {

        /// @param text `10.0.0.0/8`
        static Block of(String text) {
            int slash = text.indexOf('/');
            var start = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            return new Block(
                    new BigInteger(1, start), start.length * Byte.SIZE, Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(byte[] address) {
            int rest = bits - prefixBits;
            return address.length * Byte.SIZE == bits
                    && new BigInteger(1, address).shiftRight(rest).equals(start.shiftRight(rest));
        }
    }
}
