package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmFactsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "G1 Young Generation,G1 Concurrent GC,G1 Old Generation | G1",
                "PS MarkSweep,PS Scavenge | Parallel",
                "Copy,MarkSweepCompact | Serial",
                "ZGC Minor Cycles,ZGC Minor Pauses | ZGC",
                "Shenandoah Pauses,Shenandoah Cycles | Shenandoah",
                "C4 | C4",
            })
    void callsTheCollectorByItsFlag(String beans, String name) {
        assertThat(JvmFacts.collector(Stream.of(beans.split(",")), Stream.of("Metaspace")))
                .isEqualTo(name);
    }

    @Test
    void knowsEpsilonByItsPool() {
        assertThat(JvmFacts.collector(Stream.of(), Stream.of("Epsilon Heap"))).isEqualTo("Epsilon");
    }

    @Test
    void keepsSystemPropertiesOutOfTheFlags() {
        assertThat(JvmFacts.flags(List.of("-Xmx1g", "-Dpassword=secret", "-XX:+UseZGC")))
                .containsExactly("-Xmx1g", "-XX:+UseZGC");
    }
}
