package dyno.webhook;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import dyno.web.Violation;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Hosts that webhooks may go to, by their names as URLs spell them. Immutable.
final class AllowedHosts {

    private final Set<String> hosts;

    AllowedHosts(Collection<String> hosts) {
        this.hosts = hosts.stream().map(AllowedHosts::plain).collect(Collectors.toUnmodifiableSet());
    }

    boolean allow(URI url) {
        return hosts.contains(plain(url.getHost()));
    }

    /// @throws ProblemException `host-not-allowed`
    void require(URI url) {
        if (!allow(url)) {
            var message = hosts.isEmpty()
                    ? "no host is allowed; the setting dyno.webhooks.allowed-hosts names those that are"
                    : "host %s is none that the setting dyno.webhooks.allowed-hosts names"
                            .formatted(Shown.value(url.getHost()));
            throw new ProblemException(
                    ProblemCode.HOST_NOT_ALLOWED, "One thing is wrong", List.of(new Violation("/url", message)));
        }
    }

    /// In lower case, and an IPv6 address without its brackets.
    private static String plain(String host) {
        var lower = host.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }
}
