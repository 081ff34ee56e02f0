package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.sun.management.ThreadMXBean;
import dyno.engine.Metrics;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceMeterTest {

    private static final int BLOCK = 32 << 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    @Test
    void seesWhatTheTimedRegionTakes() throws Exception {
        try (var metering = new OwnJvmMeter().start()) {
            long before = THREADS.getTotalThreadAllocatedBytes();
            metering.resume();
            // A thread that has ended by the time of reading must count.
            var worker = Thread.ofPlatform().start(ResourceMeterTest::fillABlock);
            worker.join();
            awaitCountedByTheJvm(BLOCK, before);
            metering.pause();
            var readings = metering.readings();

            assertThat((Long) readings.get("allocatedBytes")).isGreaterThanOrEqualTo(BLOCK);
            assertThat((Double) readings.get("cpuSeconds")).isPositive();
            assertThat((Long) readings.get("contextSwitches")).isPositive();
            assertThat((Long) readings.get("involuntarySwitches")).isNotNegative();
            assertThat((Long) readings.get("peakRssBytes")).isGreaterThan(BLOCK);
            assertThat((Double) readings.get("gcSeconds")).isNotNegative();
            assertThat((Double) readings.get("stealSeconds")).isNotNegative();
            assertThat((Long) readings.get("heapBytes"))
                    .isEqualTo(Runtime.getRuntime().maxMemory());
        }
    }

    @Test
    void countsNothingWhilePaused() throws Exception {
        try (var metering = new OwnJvmMeter().start()) {
            metering.resume();
            metering.pause();
            fillABlock();

            assertThat((Long) metering.readings().get("allocatedBytes")).isLessThan(BLOCK);
        }
    }

    @Test
    void claimsNothingOfAJvmThatDoesOtherThingsToo() {
        try (var metering = new SharedJvmMeter().start()) {
            metering.resume();
            metering.pause();

            assertThat(metering.readings())
                    .contains(
                            entry("cpuSeconds", null),
                            entry("cpuSecondsReason", "SHARED_JVM"),
                            entry("peakRssBytes", null),
                            entry("peakRssBytesReason", "SHARED_JVM"))
                    .containsKeys("allocatedBytes", "gcSeconds", "heapBytes", "contextSwitches", "stealSeconds");
        }
    }

    @Test
    void samplesWhereThePeakCannotBeReset(@TempDir Path folder) throws Exception {
        var status = Files.writeString(folder.resolve("status"), "VmHWM:\t  9999 kB\nVmRSS:\t  300 kB\n");
        var metrics = new Metrics();
        try (var peak = PeakRss.start(folder.resolve("absent"), status)) {
            // By rename, as the sampler reads meanwhile.
            var grown = Files.writeString(folder.resolve("grown"), "VmHWM:\t  9999 kB\nVmRSS:\t  700 kB\n");
            Files.move(grown, status, StandardCopyOption.ATOMIC_MOVE);
            peak.report(metrics);
        }

        assertThat(metrics.values()).containsExactly(entry("peakRssBytes", 700L * 1024));
    }

    @Test
    void readsThePeakWhereItCanBeReset(@TempDir Path folder) throws Exception {
        var clearRefs = Files.createFile(folder.resolve("clear_refs"));
        var status = Files.writeString(folder.resolve("status"), "VmHWM:\t  500 kB\n");
        var metrics = new Metrics();
        try (var peak = PeakRss.start(clearRefs, status)) {
            peak.report(metrics);
        }

        assertThat(clearRefs).hasContent("5");
        assertThat(metrics.values()).containsExactly(entry("peakRssBytes", 500L * 1024));
    }

    @Test
    void isNullWithAReasonWhereThereIsNoProc(@TempDir Path folder) {
        var metrics = new Metrics();
        try (var peak = PeakRss.start(folder.resolve("clear_refs"), folder.resolve("status"))) {
            peak.report(metrics);
        }

        assertThat(metrics.values())
                .containsExactly(entry("peakRssBytes", null), entry("peakRssBytesReason", "NOT_LINUX"));
    }

    @Test
    void keepsTheLowestAndHighestClockOfTheFastestCpu(@TempDir Path cpus) throws Exception {
        clock(cpus, 0, "1000000\n");
        clock(cpus, 1, "3000000\n");
        var range = new ClockRange(cpus);
        range.look();
        clock(cpus, 1, "2500000\n");
        range.look();
        var metrics = new Metrics();
        range.report(metrics);

        assertThat(metrics.values())
                .containsExactly(entry("frequencyLowMHz", 2_500.0), entry("frequencyHighMHz", 3_000.0));
    }

    @Test
    void hasNoClockWithoutAReason(@TempDir Path cpus) throws Exception {
        var absent = new Metrics();
        new ClockRange(cpus.resolve("none")).report(absent);
        clock(cpus, 0, "<unknown>\n");
        var unreadable = new Metrics();
        var range = new ClockRange(cpus);
        range.look();
        range.report(unreadable);

        assertThat(absent.values())
                .contains(entry("frequencyLowMHz", null), entry("frequencyLowMHzReason", "NO_CPUFREQ"));
        assertThat(unreadable.values())
                .contains(entry("frequencyHighMHz", null), entry("frequencyHighMHzReason", "NOT_READABLE"));
    }

    private static void clock(Path cpus, int cpu, String text) throws Exception {
        var folder = Files.createDirectories(cpus.resolve("cpu" + cpu + "/cpufreq"));
        Files.writeString(folder.resolve("scaling_cur_freq"), text);
    }

    @Test
    void givesUpACounterThatFailedOnce() {
        var readings = new long[] {5, -1, 9, 20};
        var next = new int[1];
        var counter = new Counter("x", Counter.COUNT, () -> {
            long value = readings[next[0]++];
            if (value < 0) {
                throw new Unreadable(Unreadable.NOT_SUPPORTED);
            }
            return value;
        });
        counter.resume();
        counter.pause();
        counter.resume();
        counter.pause();
        var metrics = new Metrics();
        counter.report(metrics);

        assertThat(metrics.values()).containsExactly(entry("x", null), entry("xReason", "NOT_SUPPORTED"));
    }

    @Test
    void addsUpOnlyWhatPassesBetweenResumeAndPause() {
        var readings = new long[] {5, 7, 100, 110};
        var next = new int[1];
        var counter = new Counter("x", 4, () -> readings[next[0]++]);
        counter.resume();
        counter.pause();
        counter.resume();
        counter.pause();
        var metrics = new Metrics();
        counter.report(metrics);

        assertThat(metrics.values()).isEqualTo(Map.of("x", 3.0));
    }

    @Test
    void readsStealFromTheLineOfAllProcessors() throws Exception {
        assertThat(KernelText.stealTicks("cpu  12261 0 3164 244214 1025 0 49 89 0 0\ncpu0 5963 0 1 1 1 0 1 39 0 0\n"))
                .isEqualTo(89);
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> KernelText.stealTicks("cpu  1 2 3 4"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("NOT_SUPPORTED"));
    }

    @Test
    void leavesSystemPropertiesOutOfTheFlags() {
        assertThat(JvmFlags.withoutProperties(List.of("-Xmx64m", "-Dpassword=secret", "-XX:+UseSerialGC")))
                .containsExactly("-Xmx64m", "-XX:+UseSerialGC");
    }

    /// The JVM adds an ended thread's bytes to its total a moment after `join` returns.
    private static void awaitCountedByTheJvm(long bytes, long before) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (THREADS.getTotalThreadAllocatedBytes() - before < bytes && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private static void fillABlock() {
        var block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i += 4096) {
            block[i] = 1;
        }
        assertThat(block[4096]).isEqualTo((byte) 1);
    }
}
