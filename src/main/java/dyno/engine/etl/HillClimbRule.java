package dyno.engine.etl;

/// Looks for the size with the best rate: steps of half as much again, up first, turning round where it got worse.
///
/// Used by one thread. What it does next follows from its state and the rate alone.
final class HillClimbRule implements AdaptiveSizer.Rule {

    private static final double STEP = 1.5;
    private static final double MARGIN = 0.03;
    private static final double FALLEN = 0.9;
    private static final int REVERSALS = 2;
    private static final int HOLDS = 3;
    private static final int SLOW_WINDOWS = 5;
    private static final int SETTLED_WINDOWS = 50;

    private final int min;
    private final int max;
    private int direction = 1;
    private int bestSize;
    private double bestRate;
    private int reversals;
    private int holds;
    private boolean settled;
    private int settledWindows;
    private int slowWindows;

    HillClimbRule(int min, int max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public int next(int size, double ratePerSecond) {
        return settled ? watch(size, ratePerSecond) : climb(size, ratePerSecond);
    }

    private int climb(int size, double rate) {
        if (bestRate == 0 || rate > bestRate * (1 + MARGIN)) {
            bestRate = rate;
            bestSize = size;
            reversals = 0;
            holds = 0;
            return step(size);
        }
        if (rate < bestRate * (1 - MARGIN)) {
            direction = -direction;
            holds = 0;
            reversals++;
            return reversals == REVERSALS ? settle() : step(bestSize);
        }
        holds++;
        return holds == HOLDS ? settle() : size;
    }

    private int watch(int size, double rate) {
        settledWindows++;
        slowWindows = rate < bestRate * FALLEN ? slowWindows + 1 : 0;
        if (slowWindows == SLOW_WINDOWS || settledWindows == SETTLED_WINDOWS) {
            settled = false;
            direction = 1;
            bestRate = rate;
            bestSize = size;
            return step(size);
        }
        return size;
    }

    private int settle() {
        settled = true;
        settledWindows = 0;
        slowWindows = 0;
        reversals = 0;
        holds = 0;
        return bestSize;
    }

    private int step(int size) {
        long next = Math.round(direction > 0 ? size * STEP : size / STEP);
        return Math.clamp(next, min, max);
    }

    boolean isSettled() {
        return settled;
    }
}
