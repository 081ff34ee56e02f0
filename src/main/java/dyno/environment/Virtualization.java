package dyno.environment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether the machine is a virtual one, and whose. Immutable.
///
/// The hypervisor names itself in the firmware's tables; a small one that has none (Firecracker) shows only
/// in the CPU's flags, and is then just `VM`.
final class Virtualization {

    /// What stands in the firmware's tables, and what we call it. In order: an Amazon machine that runs on
    /// KVM is `AMAZON_EC2`.
    private enum Hypervisor {
        AMAZON_EC2("amazon ec2"),
        GOOGLE_COMPUTE_ENGINE("google compute engine"),
        MICROSOFT_HYPER_V("microsoft corporation virtual machine"),
        VMWARE("vmware"),
        VIRTUALBOX("virtualbox"),
        XEN("xen"),
        PARALLELS("parallels"),
        KVM("kvm|qemu|openstack|ovirt"),
        BHYVE("bhyve");

        private final Pattern trace;

        Hypervisor(String trace) {
            this.trace = Pattern.compile(trace);
        }
    }

    private final HostFiles files;

    Virtualization(HostFiles files) {
        this.files = files;
    }

    /// The hypervisor, `VM` for one without a name, `NONE` for bare metal; empty where nothing tells.
    Optional<String> kind() {
        var flags = files.lines("proc/cpuinfo").stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst();
        if (flags.isPresent() && !Arrays.asList(flags.get().split("\\s+")).contains("hypervisor")) {
            return Optional.of("NONE");
        }
        return name().or(() -> flags.map(seen -> "VM"));
    }

    private Optional<String> name() {
        var told = String.join(
                        " ",
                        files.line("sys/class/dmi/id/sys_vendor").orElse(""),
                        files.line("sys/class/dmi/id/product_name").orElse(""),
                        files.line("sys/class/dmi/id/bios_vendor").orElse(""),
                        files.line("sys/hypervisor/type").orElse(""))
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(Hypervisor.values())
                .filter(hypervisor -> hypervisor.trace.matcher(told).find())
                .map(Hypervisor::name)
                .findFirst();
    }
}
