package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualizationTest {

    @TempDir
    private Path root;

    @Test
    void isNoneWhereTheCpuKnowsOfNoHypervisor() {
        var tree = new HostTree(root)
                .file("proc/cpuinfo", "flags\t: fpu sse2\n")
                .file("sys/class/dmi/id/sys_vendor", "Xenon Systems\n");

        assertThat(new Virtualization(tree.files()).kind()).hasValue("NONE");
    }

    @ParameterizedTest
    @CsvSource({
        "QEMU, Standard PC (Q35 + ICH9), KVM",
        "Amazon EC2, m5.metal, AMAZON_EC2",
        "Google, Google Compute Engine, GOOGLE_COMPUTE_ENGINE",
        "Microsoft Corporation, Virtual Machine, MICROSOFT_HYPER_V",
        "'VMware, Inc.', VMware7_1, VMWARE",
        "innotek GmbH, VirtualBox, VIRTUALBOX",
        "Nobody, Nothing, VM",
    })
    void namesTheHypervisorByItsFirmware(String vendor, String product, String kind) {
        var tree = new HostTree(root)
                .file("proc/cpuinfo", "flags\t: fpu hypervisor sse2\n")
                .file("sys/class/dmi/id/sys_vendor", vendor + "\n")
                .file("sys/class/dmi/id/product_name", product + "\n");

        assertThat(new Virtualization(tree.files()).kind()).hasValue(kind);
    }

    @Test
    void isJustAMachineWhereOnlyTheCpuTells() {
        var tree = new HostTree(root).file("proc/cpuinfo", "flags\t: fpu hypervisor\n");

        assertThat(new Virtualization(tree.files()).kind()).hasValue("VM");
    }

    @Test
    void isUnknownWhereNeitherCpuNorFirmwareTells() {
        var tree = new HostTree(root).file("proc/cpuinfo", "Features\t: fp asimd\n");

        assertThat(new Virtualization(tree.files()).kind()).isEmpty();
    }
}
