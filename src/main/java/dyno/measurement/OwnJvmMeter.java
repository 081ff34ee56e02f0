package dyno.measurement;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dyno.engine.Metrics;
import java.lang.foreign.Arena;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Meters a JVM that does nothing but run one trial: everything that the process takes is the trial's.
///
/// Child processes that a strategy starts are not in its figures.
public final class OwnJvmMeter implements ResourceMeter {

    @Override
    public Metering start() {
        return new Run(Arena.ofConfined());
    }

    private static final class Run implements Metering {

        private final Arena memory;
        private final List<Counter> counters;
        private final PeakRss peakRss;
        private final ClockRange clock;

        private Run(Arena memory) {
            this.memory = memory;
            // Allocation last: it is resumed last and paused first, so that the other readings are not in it.
            this.counters = List.of(
                    stealSeconds(),
                    gcSeconds(),
                    involuntarySwitches(memory),
                    contextSwitches(memory),
                    cpuSeconds(memory),
                    allocated());
            this.clock = new ClockRange(ClockRange.CPUS);
            this.peakRss = PeakRss.start(PeakRss.CLEAR_REFS, KernelText.SELF_STATUS);
        }

        @Override
        public void resume() {
            counters.forEach(Counter::resume);
        }

        @Override
        public void pause() {
            counters.reversed().forEach(Counter::pause);
            // Behind the timed region, where a driver that takes its time disturbs nobody.
            clock.look();
        }

        @Override
        public Map<String, @Nullable Object> readings() {
            var metrics = new Metrics();
            counters.reversed().forEach(counter -> counter.report(metrics));
            clock.report(metrics);
            peakRss.report(metrics);
            metrics.put("heapBytes", Runtime.getRuntime().maxMemory());
            return metrics.values();
        }

        @Override
        public void close() {
            peakRss.close();
            memory.close();
        }
    }

    static Counter stealSeconds() {
        return new Counter(
                "stealSeconds",
                KernelText.TICKS_PER_SECOND,
                () -> KernelText.stealTicks(KernelText.read(KernelText.STAT)));
    }

    private static Counter gcSeconds() {
        var collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return new Counter("gcSeconds", TimeUnit.SECONDS.toMillis(1), () -> gcMillis(collectors));
    }

    private static long gcMillis(List<GarbageCollectorMXBean> collectors) throws Unreadable {
        long sum = 0;
        for (var collector : collectors) {
            sum += supported(collector.getCollectionTime());
        }
        return sum;
    }

    private static Counter contextSwitches(Arena memory) {
        return new Counter("contextSwitches", Counter.COUNT, usage(memory, ProcessUsage::contextSwitches));
    }

    private static Counter involuntarySwitches(Arena memory) {
        return new Counter("involuntarySwitches", Counter.COUNT, usage(memory, ProcessUsage::involuntarySwitches));
    }

    private static Counter cpuSeconds(Arena memory) {
        try {
            var usage = ProcessUsage.open(memory);
            return new Counter("cpuSeconds", TimeUnit.SECONDS.toMicros(1), usage::cpuMicros);
        } catch (Unreadable e) {
            var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            return new Counter("cpuSeconds", TimeUnit.SECONDS.toNanos(1), () -> supported(system.getProcessCpuTime()));
        }
    }

    private static Counter allocated() {
        var threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return new Counter("allocatedBytes", Counter.COUNT, () -> supported(totalAllocated(threads)));
    }

    /// A thread that ends between the JVM's sum over ended threads and its walk over live ones is in neither, so one
    /// reading can be short of it. The true total never falls: of two readings the larger is the nearer.
    private static long totalAllocated(ThreadMXBean threads) {
        return Math.max(threads.getTotalThreadAllocatedBytes(), threads.getTotalThreadAllocatedBytes());
    }

    /// JVM beans say -1 where they do not know.
    private static long supported(long value) throws Unreadable {
        if (value < 0) {
            throw new Unreadable(Unreadable.NOT_SUPPORTED);
        }
        return value;
    }

    private interface UsageFigure {
        long of(ProcessUsage usage) throws Unreadable;
    }

    private static Counter.Source usage(Arena memory, UsageFigure figure) {
        try {
            var usage = ProcessUsage.open(memory);
            return () -> figure.of(usage);
        } catch (Unreadable e) {
            return () -> {
                throw e;
            };
        }
    }
}
