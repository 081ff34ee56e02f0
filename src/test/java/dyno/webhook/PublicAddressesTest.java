package dyno.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff::1",
                "ff02::1",
                "100::1",
                "2001::1",
                "2001:10::1",
                "2001:db8::1",
                "3fff::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "64:ff9b:1::808:808",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2002:c0a8:101::1",
                "2002:a9fe:a9fe::",
            })
    void leavesOutAddressesThatArePrivateHoweverTheyAreSpelled(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "168.63.129.17",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2606:4700:4700::1111",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888",
                "2400::1",
                "64:ff9b::808:808",
                "2002:808:808::1",
            })
    void hasTheOthers(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void leavesOutWhateverTheJdkCallsLocal() throws UnknownHostException {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            var address = InetAddress.getByAddress(bytes);
            boolean isLocal = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress();
            if (isLocal) {
                assertThat(PublicAddresses.contain(address))
                        .as(address.toString())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "[::1]",
                "::1",
                "[::ffff:127.0.0.1]",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "017700000001",
                "[fe80::1]",
                "[64:ff9b::7f00:1]",
            })
    void givesNoAddressForASpellingOfThisMachine(String host) {
        var guarded = new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, false);

        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> guarded.resolve(host));
    }

    /// Others read an octal number there, which would be this machine; what counts is where we connect to.
    @Test
    void connectsToNothingButWhatItHasRead() throws Exception {
        var guarded = new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, false);

        assertThat(guarded.resolve("0177.0.0.1")).containsExactly(InetAddress.ofLiteral("177.0.0.1"));
    }

    @Test
    void givesNoneOfAHostsAddressesWhereOneIsPrivate() throws Exception {
        var mixed = new FixedAddresses("8.8.8.8", "10.0.0.1");

        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new GuardedResolver(mixed, false).resolve("mixed.example"))
                .withMessageContaining("10.0.0.1")
                .withMessageContaining("dyno.webhooks.allow-private-addresses");
        assertThat(new GuardedResolver(new FixedAddresses("8.8.8.8", "10.0.0.1"), true).resolve("mixed.example"))
                .hasSize(2);
        assertThat(new GuardedResolver(new FixedAddresses("8.8.8.8"), false).resolve("one.example"))
                .containsExactly(InetAddress.ofLiteral("8.8.8.8"));
    }
}
