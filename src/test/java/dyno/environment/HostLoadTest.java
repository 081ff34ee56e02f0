package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.environment.HostLoad.CpuTime;
import dyno.environment.HostLoad.Resource;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLoadTest {

    @TempDir
    private Path root;

    private HostTree tree;
    private HostLoad load;

    @BeforeEach
    void plant() {
        tree = new HostTree(root);
        load = new HostLoad(root);
    }

    @Test
    void readsTheLoadOfTheLastMinute() {
        tree.file("proc/loadavg", "1.25 0.50 0.10 2/97 6645\n");

        assertThat(load.loadAverage()).hasValue(1.25);
    }

    @Test
    void readsPressureAsARatio() {
        tree.file("proc/pressure/io", """
                some avg10=12.50 avg60=0.11 avg300=0.02 total=2654275
                full avg10=99.00 avg60=0.08 avg300=0.01 total=2440791
                """);

        assertThat(load.pressure(Resource.IO)).hasValue(0.125);
        assertThat(load.pressure(Resource.CPU)).isEmpty();
    }

    @Test
    void readsWhoWantsAProcessorAndForHowLongTasksWaited() {
        tree.file("proc/loadavg", "1.25 0.50 0.10 2/97 6645\n").file("proc/pressure/memory", """
                some avg10=0.00 avg60=0.00 avg300=0.00 total=2654275
                full avg10=0.00 avg60=0.00 avg300=0.00 total=2440791
                """);

        assertThat(load.runnableTasks()).hasValue(2);
        assertThat(load.stalledMicros(Resource.MEMORY)).hasValue(2_654_275);
        assertThat(load.stalledMicros(Resource.IO)).isEmpty();
    }

    @Test
    void countsGuestTimeOnce() {
        tree.file("proc/stat", "cpu  1000 100 200 3000 400 10 90 200 50 60\ncpu0 1 2 3\n");

        assertThat(load.cpuTime()).hasValue(new CpuTime(50, 2));
    }

    @Test
    void givesTheShareThatWasStolenInBetween() {
        var earlier = new CpuTime(100, 3);

        assertThat(new CpuTime(110, 5).stealRatioSince(earlier)).hasValue(0.2);
        assertThat(earlier.stealRatioSince(earlier)).isEmpty();
    }

    @Test
    void knowsNothingWithoutProc() {
        assertThat(load.loadAverage()).isEmpty();
        assertThat(load.cpuTime()).isEmpty();
    }
}
