package dyno.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;

/// Every host has these addresses when it is first asked for, and none afterwards but one that nobody
/// listens on.
final class FixedAddresses implements DnsResolver {

    private static final InetAddress NOBODY = InetAddress.ofLiteral("192.0.2.1");

    private final InetAddress[] addresses;
    private final AtomicInteger asked = new AtomicInteger();

    FixedAddresses(String... addresses) {
        this.addresses = Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    int asked() {
        return asked.get();
    }

    @Override
    public InetAddress[] resolve(String host) {
        return asked.incrementAndGet() == 1 ? addresses.clone() : new InetAddress[] {NOBODY};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
