package dyno.engine.etl;

/// Steers to a target rate: a fifth more below 0.8 of it, a tenth less above 1.2 of it. Stateless.
///
/// It grows to the maximum where the target is out of reach. That is the rule of the write-up, shown as it is.
record RatioRule(long targetPerSecond, int min, int max) implements AdaptiveSizer.Rule {

    private static final double TOO_SLOW = 0.8;
    private static final double TOO_FAST = 1.2;

    @Override
    public int next(int size, double ratePerSecond) {
        if (ratePerSecond < TOO_SLOW * targetPerSecond) {
            return Math.min(max, Math.max(size + 1, (int) (size * 12L / 10)));
        }
        if (ratePerSecond > TOO_FAST * targetPerSecond) {
            return Math.max(min, Math.min(size - 1, (int) (size * 9L / 10)));
        }
        return size;
    }
}
