package dyno.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/// Finds the addresses of hosts, and gives none where one of them is private. The client connects to
/// what this returned and does not ask again, so that a name cannot mean something else a moment later.
final class GuardedResolver implements DnsResolver {

    private final DnsResolver names;
    private final boolean allowsPrivate;

    /// @param names         knows the addresses
    /// @param allowsPrivate the setting `dyno.webhooks.allow-private-addresses`
    GuardedResolver(DnsResolver names, boolean allowsPrivate) {
        this.names = names;
        this.allowsPrivate = allowsPrivate;
    }

    /// @throws UnknownHostException for a host that has no address, or a private one
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.resolve(host);
        for (var address : addresses) {
            if (!allowsPrivate && !PublicAddresses.contain(address)) {
                throw new UnknownHostException(
                        "Host %s has address %s, which is not public (see dyno.webhooks.allow-private-addresses)"
                                .formatted(host, address.getHostAddress()));
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
