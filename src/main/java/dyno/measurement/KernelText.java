package dyno.measurement;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads the small text files below `/proc`.
///
/// @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
final class KernelText {

    static final Path STAT = Path.of("/proc/stat");
    static final Path SELF_STATUS = Path.of("/proc/self/status");

    /// Ticks a second of every time in `/proc/stat`: the kernel scales them to 100 on each architecture that a
    /// 64-bit JDK runs on, whatever its own tick is.
    static final long TICKS_PER_SECOND = 100;

    /// Where `steal` stands in the first line of `/proc/stat`, `cpu  user nice system idle iowait irq softirq steal`.
    private static final int STEAL = 8;

    private KernelText() {}

    /// @throws Unreadable where the file is not there or may not be read
    static String read(Path file) throws Unreadable {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Unreadable(Unreadable.NOT_LINUX, e);
        } catch (AccessDeniedException e) {
            throw new Unreadable(Unreadable.NOT_PERMITTED, e);
        } catch (IOException e) {
            throw new Unreadable(Unreadable.NOT_READABLE, e);
        }
    }

    /// Ticks that the hypervisor gave to others while this machine wanted to run, all processors together.
    static long stealTicks(String stat) throws Unreadable {
        var fields = stat.lines().findFirst().orElse("").split(" +", -1);
        if (fields.length <= STEAL || !fields[0].equals("cpu")) {
            throw new Unreadable(Unreadable.NOT_SUPPORTED);
        }
        return number(fields[STEAL]);
    }

    /// The bytes in a line such as `VmHWM:     41200 kB`.
    static long statusBytes(String status, String key) throws Unreadable {
        for (var line : status.lines().toList()) {
            if (line.startsWith(key + ":") && line.endsWith("kB")) {
                return number(line.substring(key.length() + 1, line.length() - 2)
                                .strip())
                        * 1024;
            }
        }
        throw new Unreadable(Unreadable.NOT_SUPPORTED);
    }

    private static long number(String digits) throws Unreadable {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new Unreadable(Unreadable.NOT_READABLE, e);
        }
    }
}
