package dyno;

import dyno.environment.HostLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What would disturb measurements just now.
final class NoiseCheck {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final double MUCH_STEAL = 0.02;
    private static final double MUCH_LOAD = 0.5;

    private NoiseCheck() {}

    /// Takes a second.
    ///
    /// @param root where `sys` is
    static List<Finding> of(HostLoad load, Path root) throws InterruptedException {
        int cpus = Runtime.getRuntime().availableProcessors();
        var findings = new ArrayList<Finding>();
        findings.add(cpus(cpus));
        var before = load.cpuTime();
        Thread.sleep(LOOK);
        var after = load.cpuTime();
        if (before.isPresent() && after.isPresent()) {
            after.get().stealRatioSince(before.get()).ifPresent(ratio -> findings.add(steal(ratio)));
        }
        load.loadAverage().ifPresent(average -> findings.add(load(average, cpus)));
        findings.add(governor(root.resolve("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")));
        return findings;
    }

    static Finding cpus(int cpus) {
        var fact = "%d processors for this process".formatted(cpus);
        return cpus >= 2
                ? Finding.fine("cpus", fact)
                : Finding.attention(
                        "cpus", fact, "give it two or more, or the JVM's own threads disturb what is measured");
    }

    static Finding steal(double ratio) {
        var fact = "the hypervisor took %.1f %% of the CPU time of the last second".formatted(ratio * 100);
        return ratio <= MUCH_STEAL
                ? Finding.fine("steal", fact)
                : Finding.attention("steal", fact, "measure at a quieter hour, or on a host of its own");
    }

    static Finding load(double average, int cpus) {
        var fact = "load %.2f on %d processors".formatted(average, cpus);
        return average <= MUCH_LOAD * cpus
                ? Finding.fine("load", fact)
                : Finding.attention("load", fact, "something else is running: end it before you measure");
    }

    private static Finding governor(Path file) {
        try {
            var governor = Files.readString(file).strip();
            return governor.equals("performance")
                    ? Finding.fine("frequency", "governor performance")
                    : Finding.attention("frequency", "governor " + governor, "set it to performance while you measure");
        } catch (NoSuchFileException e) {
            return Finding.fine("frequency", "not ours to choose: the kernel shows no governor");
        } catch (IOException e) {
            return Finding.attention("frequency", "the governor cannot be read: " + e, "look at " + file);
        }
    }
}
