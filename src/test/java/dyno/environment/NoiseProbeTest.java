package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseProbeTest {

    @TempDir
    private Path root;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void givesReasonsWhereTheKernelTellsNothing() {
        var seen = probe().look();

        assertThat(seen)
                .containsEntry("load", null)
                .containsEntry("loadReason", "NO_LOADAVG")
                .containsEntry("runnableTasks", null)
                .containsEntry("runnableTasksReason", "NO_LOADAVG")
                .containsEntry("cpuPressure", null)
                .containsEntry("cpuPressureReason", "NO_PRESSURE_ACCOUNTING")
                .containsEntry("memoryPressureReason", "NO_PRESSURE_ACCOUNTING")
                .containsEntry("ioPressureReason", "NO_PRESSURE_ACCOUNTING")
                .containsEntry("stealRatio", null)
                .containsEntry("stealRatioReason", "NO_CPU_ACCOUNTING");
        assertThat((Double) seen.get("canaryScore")).isPositive();
    }

    @Test
    void countsTheTasksOfOthersAlone() {
        new HostTree(root).file("proc/loadavg", "0.75 0.50 0.25 3/223 14201\n");

        var seen = probe().look();

        assertThat(seen).containsEntry("load", 0.75).containsEntry("runnableTasks", 2L);
    }

    @Test
    void tellsPressureOfTheLookItselfAndNotOfThePast() {
        pressure(5_000_000);
        // A microsecond passes with each reading of the clock; half of the look's time, some task waited.
        var probe = new NoiseProbe(root, () -> {
            long now = nanos.addAndGet(1_000);
            pressure(5_000_000 + now / 2_000);
            return now;
        });

        var seen = probe.look();

        assertThat((Double) seen.get("cpuPressure")).isBetween(0.4, 0.6);
    }

    @Test
    void tellsWhatWasStolenSinceTheLookBefore() {
        var tree = new HostTree(root).file("proc/stat", "cpu  0 0 0 1000 0 0 0 0\n");
        var probe = probe();
        tree.file("proc/stat", "cpu  0 0 0 1075 0 0 0 25\n");

        assertThat(probe.look()).containsEntry("stealRatio", 0.25);
        assertThat(probe.look()).containsEntry("stealRatio", null).containsEntry("stealRatioReason", "NO_TIME_PASSED");
    }

    private void pressure(long micros) {
        new HostTree(root)
                .file(
                        "proc/pressure/cpu",
                        "some avg10=99.00 avg60=0.00 avg300=0.00 total=%d\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n"
                                .formatted(micros));
    }

    private NoiseProbe probe() {
        return new NoiseProbe(root, () -> nanos.addAndGet(1_000));
    }
}
