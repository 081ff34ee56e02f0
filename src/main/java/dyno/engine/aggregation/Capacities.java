package dyno.engine.aggregation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Greatest capacity seconds per hour and node. Used by one thread at a time; those of several threads are merged.
final class Capacities {

    /// One interval_start: values by node number + 1, index 0 for rows without node. NaN where there was no row,
    /// negative infinity where rows said nothing.
    static final class Hour {

        double[] coreSeconds = new double[0];
        double[] byteSeconds = new double[0];

        void add(int index, double cores, double bytes) {
            if (index >= coreSeconds.length) {
                grow(index);
            }
            if (!(coreSeconds[index] >= cores)) {
                coreSeconds[index] = max(coreSeconds[index], cores);
            }
            if (!(byteSeconds[index] >= bytes)) {
                byteSeconds[index] = max(byteSeconds[index], bytes);
            }
        }

        private void grow(int index) {
            int before = coreSeconds.length;
            int length = Math.max(64, Integer.highestOneBit(index) << 1);
            coreSeconds = Arrays.copyOf(coreSeconds, length);
            byteSeconds = Arrays.copyOf(byteSeconds, length);
            Arrays.fill(coreSeconds, before, length, Double.NaN);
            Arrays.fill(byteSeconds, before, length, Double.NaN);
        }

        private static double max(double known, double value) {
            double other = Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
            return Double.isNaN(known) || other > known ? other : known;
        }
    }

    private final Map<Long, Hour> hours = new HashMap<>();

    Hour hour(long startMicros) {
        return hours.computeIfAbsent(startMicros, start -> new Hour());
    }

    Map<Long, Hour> hours() {
        return hours;
    }

    void clear() {
        hours.clear();
    }

    void merge(Capacities other) {
        other.hours.forEach((start, hour) -> {
            var mine = hour(start);
            for (int i = 0; i < hour.coreSeconds.length; i++) {
                if (!Double.isNaN(hour.coreSeconds[i]) || !Double.isNaN(hour.byteSeconds[i])) {
                    mine.add(i, hour.coreSeconds[i], hour.byteSeconds[i]);
                }
            }
        });
    }
}
