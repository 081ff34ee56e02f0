package dyno.measurement;

import dyno.engine.Metrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Meters a trial in a JVM that does other things too: what the process takes is not the trial's alone, and is
/// null with the reason `SHARED_JVM`. Heap size and steal belong to JVM and machine, and are told.
public final class SharedJvmMeter implements ResourceMeter {

    private static final String SHARED_JVM = "SHARED_JVM";

    @Override
    public Metering start() {
        return new Run(OwnJvmMeter.stealSeconds());
    }

    private record Run(Counter steal) implements Metering {

        @Override
        public void resume() {
            steal.resume();
        }

        @Override
        public void pause() {
            steal.pause();
        }

        @Override
        public Map<String, @Nullable Object> readings() {
            var metrics = new Metrics()
                    .absent("allocatedBytes", SHARED_JVM)
                    .absent("cpuSeconds", SHARED_JVM)
                    .absent("contextSwitches", SHARED_JVM)
                    .absent("involuntarySwitches", SHARED_JVM)
                    .absent("gcSeconds", SHARED_JVM)
                    .absent("frequencyLowMHz", SHARED_JVM)
                    .absent("frequencyHighMHz", SHARED_JVM);
            steal.report(metrics);
            return metrics.absent("peakRssBytes", SHARED_JVM)
                    .put("heapBytes", Runtime.getRuntime().maxMemory())
                    .values();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
