package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyTest {

    @TempDir
    private Path root;

    @Test
    void countsSocketsCoresThreadsAndNodes() {
        var topology = new Topology(HostTree.server(root).files());

        assertThat(topology.sockets()).hasValue(2);
        assertThat(topology.cores()).hasValue(4);
        assertThat(topology.threads()).hasValue(8);
        assertThat(topology.numaNodes()).hasValue(2);
    }

    @Test
    void countsACoreOnceHoweverManyOfItsThreadsAreAllowed() {
        var topology = new Topology(HostTree.server(root).files());

        assertThat(topology.cores(CpuList.parse("0,4"))).hasValue(1);
        assertThat(topology.cores(CpuList.parse("0-1"))).hasValue(2);
    }

    @Test
    void leavesOutCpusThatAreOffline() {
        var tree = HostTree.server(root).file("sys/devices/system/cpu/online", "0-1\n");

        var topology = new Topology(tree.files());

        assertThat(topology.threads()).hasValue(2);
        assertThat(topology.cores(CpuList.parse("0-7"))).hasValue(2);
    }

    @Test
    void readsTheCachesOfTheFirstCpu() {
        var topology = new Topology(HostTree.server(root).files());

        assertThat(topology.cacheBytes(1, "Data")).hasValue(32 << 10);
        assertThat(topology.cacheBytes(1, "Instruction")).hasValue(64 << 10);
        assertThat(topology.cacheBytes(2, "Data")).hasValue(1 << 20);
        assertThat(topology.l3Bytes()).hasValue(28_160L << 10);
    }

    @Test
    void addsUpTheSlicesOfASocketsLastLevelCache() {
        var tree = new HostTree(root).file("sys/devices/system/cpu/online", "0-3\n");
        for (int cpu = 0; cpu < 4; cpu++) {
            tree.cpu(cpu, 0, Integer.toString(cpu)).cache(cpu, 3, "Unified", 3, "32M", cpu < 2 ? "0-1" : "2-3");
        }

        assertThat(new Topology(tree.files()).l3Bytes()).hasValue(64L << 20);
    }

    @Test
    void knowsNothingWhereTheKernelTellsNothing() {
        var topology = new Topology(new HostTree(root).files());

        assertThat(topology.sockets()).isEmpty();
        assertThat(topology.cores()).isEmpty();
        assertThat(topology.threads()).isEmpty();
        assertThat(topology.numaNodes()).isEmpty();
        assertThat(topology.cacheBytes(2, "Data")).isEmpty();
        assertThat(topology.l3Bytes()).isEmpty();
    }

    @Test
    void countsNoCoresWhereOneCpuHidesItsSiblings() {
        var tree = new HostTree(root)
                .file("sys/devices/system/cpu/online", "0-1\n")
                .cpu(0, 0, "0");

        assertThat(new Topology(tree.files()).cores()).isEmpty();
    }
}
