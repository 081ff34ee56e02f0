package dyno.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A planted root folder with just the kernel files that a test wants to be there.
final class HostTree {

    private final Path root;

    HostTree(Path root) {
        this.root = root;
    }

    /// Two sockets, two cores each, two threads a core, an L3 cache a socket, two nodes; no governor, no groups.
    static HostTree server(Path root) {
        var tree = new HostTree(root)
                .file("proc/cpuinfo", """
                        processor\t: 0
                        vendor_id\t: GenuineIntel
                        model name\t: Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz
                        flags\t\t: fpu vme sse2 avx2
                        """)
                .file("proc/meminfo", "MemTotal:       263842932 kB\nMemFree:        1024 kB\n")
                .file("proc/sys/kernel/osrelease", "6.1.0-37-amd64\n")
                .file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-7\n")
                .file("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
                .file("sys/devices/system/cpu/online", "0-7\n")
                .file("sys/devices/system/node/node0/cpulist", "0-1,4-5\n")
                .file("sys/devices/system/node/node1/cpulist", "2-3,6-7\n");
        for (int cpu = 0; cpu < 8; cpu++) {
            int core = cpu % 4;
            tree.cpu(cpu, core / 2, core + "," + (core + 4))
                    .cache(cpu, 0, "Data", 1, "32K", core + "," + (core + 4))
                    .cache(cpu, 1, "Instruction", 1, "64K", core + "," + (core + 4))
                    .cache(cpu, 2, "Unified", 2, "1024K", core + "," + (core + 4))
                    .cache(cpu, 3, "Unified", 3, "28160K", core < 2 ? "0-1,4-5" : "2-3,6-7");
        }
        return tree;
    }

    HostTree cpu(int cpu, int socket, String siblings) {
        var topology = "sys/devices/system/cpu/cpu%d/topology/".formatted(cpu);
        return file(topology + "physical_package_id", socket + "\n")
                .file(topology + "thread_siblings_list", siblings + "\n");
    }

    HostTree cache(int cpu, int index, String type, int level, String size, String shared) {
        var folder = "sys/devices/system/cpu/cpu%d/cache/index%d/".formatted(cpu, index);
        return file(folder + "type", type + "\n")
                .file(folder + "level", level + "\n")
                .file(folder + "size", size + "\n")
                .file(folder + "shared_cpu_list", shared + "\n");
    }

    HostTree file(String path, String text) {
        try {
            var file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HostFiles files() {
        return new HostFiles(root);
    }

    Path root() {
        return root;
    }
}
