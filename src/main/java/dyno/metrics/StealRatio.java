package dyno.metrics;

import dyno.environment.HostLoad;
import dyno.environment.HostLoad.CpuTime;
import java.util.Optional;

/// Share of CPU time that the hypervisor took since it was last asked, so since the scrape before. Safe for any
/// number of threads.
final class StealRatio {

    private final HostLoad load;
    private Optional<CpuTime> last;
    private double ratio = Double.NaN;

    StealRatio(HostLoad load) {
        this.load = load;
        this.last = load.cpuTime();
    }

    /// NaN where the kernel does not tell, and before any time has passed.
    synchronized double sinceLastAsked() {
        var now = load.cpuTime();
        if (now.isPresent() && last.isPresent()) {
            // Two readings within a tick say nothing new.
            ratio = now.get().stealRatioSince(last.get()).orElse(ratio);
        }
        last = now;
        return ratio;
    }
}
