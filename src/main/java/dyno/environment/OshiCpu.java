package dyno.environment;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import oshi.SystemInfo;

/// Asks OSHI, which knows more operating systems and the part numbers of ARM cores.
final class OshiCpu {

    private OshiCpu() {}

    /// Takes a second where the machine is slow, loads native code: asked once, and only if needed.
    static CpuIdentity read() {
        try {
            var cpu = new SystemInfo().getHardware().getProcessor();
            var identifier = cpu.getProcessorIdentifier();
            return new CpuIdentity(
                    known(identifier.getName()),
                    known(identifier.getVendor()),
                    positive(cpu.getPhysicalPackageCount()),
                    positive(cpu.getPhysicalProcessorCount()),
                    positive(cpu.getLogicalProcessorCount()));
        } catch (RuntimeException | LinkageError e) {
            // A system that OSHI does not support, or that refuses native code: these facts stay unknown, and
            // say so by their reason; nothing else depends on them.
            return CpuIdentity.UNKNOWN;
        }
    }

    private static Optional<String> known(String text) {
        return Optional.of(text.strip()).filter(Predicate.not(String::isEmpty)).filter(word -> !word.equals("unknown"));
    }

    private static OptionalInt positive(int count) {
        return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
    }
}
