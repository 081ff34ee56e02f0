package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Cancellation;
import dyno.engine.generator.ChunkFiller.Sharing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {

    @TempDir
    private Path root;

    @Test
    void takesNodesInTurnAndPhysicalCoresFirst() throws IOException {
        twoNodes();

        var topology = NumaTopology.read(root);

        assertThat(topology.nodes()).hasSize(2);
        assertThat(topology.nodes().getFirst().memoryBytes()).isEqualTo(16_777_216L * 1024);
        assertThat(topology.roundRobin()).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
    }

    @Test
    void keepsToWhatAffinityAndControlGroupAllow() throws IOException {
        twoNodes();
        write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-5\n");
        write("proc/self/cgroup", "0::/jobs\n");
        write("sys/fs/cgroup/jobs/cpuset.cpus.effective", "1,4-7\n");

        assertThat(NumaTopology.read(root).roundRobin()).containsExactly(1, 4, 5);
    }

    @Test
    void leavesOutNodesWithoutAnAllowedProcessor() throws IOException {
        twoNodes();
        write("proc/self/status", "Cpus_allowed_list:\t0,1\n");

        var placement = Placement.of(Numa.AUTO, NumaTopology.read(root), cpu -> Optional.empty());

        assertThat(placement.nodes()).isEqualTo(1);
        assertThat(placement.isPinning()).isFalse();
        assertThat(placement.sharing()).isEqualTo(Sharing.FIRST_COME);
    }

    @Test
    void pinsEachWorkerToAProcessorOfItsOwn() throws IOException {
        twoNodes();
        var pinned = new ArrayList<Integer>();
        var placement = Placement.of(Numa.AUTO, NumaTopology.read(root), cpu -> {
            pinned.add(cpu);
            return Optional.empty();
        });

        for (int worker = 0; worker < 9; worker++) {
            placement.place(worker);
        }

        assertThat(pinned).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
        assertThat(placement.threadsPinned()).isEqualTo(8);
        assertThat(placement.sharing()).isEqualTo(Sharing.FIXED);
        assertThat(placement.refusals()).containsExactly("there are more workers than the 8 allowed processors");
    }

    @Test
    void saysWhatTheKernelRefused() throws IOException {
        twoNodes();
        var placement = Placement.of(Numa.FORCE, NumaTopology.read(root), cpu -> Optional.of("refused " + cpu));

        placement.place(0);
        placement.place(1);

        assertThat(placement.threadsPinned()).isZero();
        assertThat(placement.refusals()).containsExactly("refused 0", "refused 2");
    }

    @Test
    void neverPinsWhereItIsDisabled() throws IOException {
        twoNodes();
        var placement = Placement.of(Numa.DISABLED, NumaTopology.read(root), cpu -> Optional.of("asked"));

        placement.place(0);

        assertThat(placement.refusals()).isEmpty();
        assertThat(placement.threadsPinned()).isZero();
    }

    @Test
    void admitsThatThePlatformShowsNoNodes() {
        var placement = Placement.of(Numa.FORCE, NumaTopology.read(root), cpu -> Optional.empty());

        assertThat(placement.nodes()).isZero();
        assertThat(placement.refusals()).containsExactly("the platform shows no memory nodes");
    }

    /// On this very machine: pinned or refused, but the bytes are the same and the truth is told.
    @Test
    void tellsHowManyThreadsAreReallyPinned(@TempDir Path scratch) throws Exception {
        var workload = Workloads.with("totalBytes", 3 << 20)
                .and("numa", Numa.FORCE)
                .and("threads", 2)
                .and("buffer", BufferKind.NATIVE)
                .workload();
        try (var trial = GeneratorTrial.prepare(workload, Workloads.context(scratch, Cancellation.NONE))) {
            trial.invoke();
            var verification = trial.verify();
            var report = trial.report();

            assertThat(verification.differences()).isEmpty();
            assertThat(verification.digest()).isEqualTo(GeneratorVerifier.digest(workload.content(0)));
            long pinned = (Long) report.metrics().get("threadsPinned");
            assertThat(pinned == 2
                            || report.warnings().stream()
                                    .anyMatch(warning -> warning.code().equals("NUMA_NOT_APPLIED")))
                    .isTrue();
        }
    }

    @Test
    void readsTheKernelsLists() {
        assertThat(CpuSet.parse("0-11,24-35").cardinality()).isEqualTo(24);
        assertThat(CpuSet.parse(" \n").cardinality()).isZero();
        assertThat(CpuSet.parse("7").stream().toArray()).containsExactly(7);
    }

    /// Two nodes of two cores with two threads each; the siblings of 0, 1, 2, 3 are 4, 5, 6, 7.
    private void twoNodes() throws IOException {
        write("sys/devices/system/node/node0/cpulist", "0-1,4-5\n");
        write("sys/devices/system/node/node1/cpulist", "2-3,6-7\n");
        for (int node : List.of(0, 1)) {
            write(
                    "sys/devices/system/node/node%d/meminfo".formatted(node),
                    "Node %d MemTotal:       16777216 kB\nNode %d MemFree: 1 kB\n".formatted(node, node));
        }
        for (int cpu = 0; cpu < 8; cpu++) {
            write(
                    "sys/devices/system/cpu/cpu%d/topology/thread_siblings_list".formatted(cpu),
                    "%d,%d\n".formatted(cpu % 4, cpu % 4 + 4));
        }
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
