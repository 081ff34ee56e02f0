package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.environment.Environment.Fact;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private final Map<String, Fact> facts = new HashMap<>(Map.of(
            "cpu.model", Fact.of("AMD EPYC"),
            "sockets", Fact.of(1L),
            "l3Bytes", Fact.of(33_554_432L, "bytes"),
            "kernel", Fact.of("6.18.44-generic"),
            "cpuQuota", Fact.of(1.5),
            "governor", Fact.unknown("NO_CPUFREQ"),
            "turbo", Fact.of(true)));

    @Test
    void hashesOneLineAFactInAFixedOrder() {
        assertThat(Fingerprint.text(facts)).isEqualTo("""
                cpu.model=AMD EPYC
                cpu.vendor=null
                sockets=1
                cores=null
                threads=null
                l3Bytes=33554432
                memoryGiB=null
                arch=null
                os=null
                kernel=6.18
                virtualization=null
                cpuQuota=1.5
                cpuset=null
                governor=null
                turbo=true
                jvm.vendor=null
                jvm.version=null
                gc=null
                """);
    }

    /// `printf` of the text above, piped through `sha256sum`.
    @Test
    void isTheTextsSha256() {
        assertThat(Fingerprint.of(facts))
                .isEqualTo("sha256:4b0ef0a4b1c21af43a645ffe2edff062561b2fe4dd2ca9c518dde2d317943801");
    }

    @Test
    void staysWhenFactsThatDoNotDecideChange() {
        var before = Fingerprint.of(facts);
        facts.put("loadStart", Fact.of(17.0));
        facts.put("build.commit", Fact.of("0000000"));
        facts.put("kernel", Fact.of("6.18.45-generic"));

        assertThat(Fingerprint.of(facts)).isEqualTo(before);
    }

    @Test
    void changesWithEachFactThatDecides() {
        var before = Fingerprint.of(facts);

        for (var name : Fingerprint.FACTS) {
            var changed = new HashMap<>(facts);
            changed.put(name, Fact.of("another"));
            assertThat(Fingerprint.of(changed)).as(name).isNotEqualTo(before);
        }
    }

    @Test
    void cannotBeForgedByAValueWithALineFeed() {
        facts.put("cpu.model", Fact.of("a\nb"));

        assertThat(Fingerprint.text(facts)).startsWith("cpu.model=a b\n");
    }
}
