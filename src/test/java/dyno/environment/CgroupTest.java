package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {

    @TempDir
    private Path root;

    private HostTree tree;

    @BeforeEach
    void plant() {
        tree = new HostTree(root);
    }

    @Test
    void readsTheLimitsOfVersionTwo() {
        tree.file("proc/self/cgroup", "0::/\n")
                .file("sys/fs/cgroup/cgroup.controllers", "cpuset cpu memory\n")
                .file("sys/fs/cgroup/cpu.max", "150000 100000\n")
                .file("sys/fs/cgroup/memory.max", "4294967296\n")
                .file("sys/fs/cgroup/cpuset.cpus.effective", "0-3\n");

        var cgroup = new Cgroup(tree.files());

        assertThat(cgroup.version()).hasValue(2);
        assertThat(cgroup.cpuQuota()).hasValue(new BigDecimal("1.5"));
        assertThat(cgroup.memoryLimitBytes()).hasValue(4L << 30);
        assertThat(cgroup.cpuset()).hasValue("0-3");
    }

    @Test
    void readsTheLimitsOfVersionOne() {
        tree.file("proc/self/cgroup", "5:cpuset:/job\n4:cpu,cpuacct:/job\n3:memory:/job\n")
                .file("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "200000\n")
                .file("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n")
                .file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "1073741824\n")
                .file("sys/fs/cgroup/cpuset/job/cpuset.cpus", "1,3\n");

        var cgroup = new Cgroup(tree.files());

        assertThat(cgroup.version()).hasValue(1);
        assertThat(cgroup.cpuQuota()).hasValue(new BigDecimal("2"));
        assertThat(cgroup.memoryLimitBytes()).hasValue(1L << 30);
        assertThat(cgroup.cpuset()).hasValue("1,3");
    }

    @Test
    void takesTheTightestLimitOnTheWayUp() {
        tree.file("proc/self/cgroup", "0::/pod/container\n")
                .file("sys/fs/cgroup/pod/container/memory.max", "max\n")
                .file("sys/fs/cgroup/pod/container/cpu.max", "400000 100000\n")
                .file("sys/fs/cgroup/pod/memory.max", "2147483648\n")
                .file("sys/fs/cgroup/pod/cpu.max", "300000 100000\n")
                .file("sys/fs/cgroup/memory.max", "8589934592\n");

        var cgroup = new Cgroup(tree.files());

        assertThat(cgroup.memoryLimitBytes()).hasValue(2L << 30);
        assertThat(cgroup.cpuQuota()).hasValue(new BigDecimal("3"));
    }

    @Test
    void readsTheMountedRootWhereTheGroupsOwnFolderIsOutOfSight() {
        tree.file("proc/self/cgroup", "0::/kubepods/pod1\n").file("sys/fs/cgroup/cpu.max", "50000 100000\n");

        assertThat(new Cgroup(tree.files()).cpuQuota()).hasValue(new BigDecimal("0.5"));
    }

    @Test
    void hasNoLimitsWhereTheKernelSaysSo() {
        tree.file("proc/self/cgroup", "3:memory:/\n2:cpu:/\n")
                .file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n")
                .file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        var cgroup = new Cgroup(tree.files());

        assertThat(cgroup.cpuQuota()).isEmpty();
        assertThat(cgroup.memoryLimitBytes()).isEmpty();
        assertThat(cgroup.cpuset()).isEmpty();
    }

    @Test
    void hasNoLimitsWithoutGroups() {
        var cgroup = new Cgroup(tree.files());

        assertThat(cgroup.version()).isEmpty();
        assertThat(cgroup.cpuQuota()).isEmpty();
        assertThat(cgroup.memoryLimitBytes()).isEmpty();
    }
}
