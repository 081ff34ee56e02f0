package dyno.measurement;

/// Tukey's count of outliers: values beyond the quartiles by more than 1.5 (mild) or 3 (severe) interquartile ranges.
record Fences(int mild, int severe) {

    private static final double INNER = 1.5;
    private static final double OUTER = 3;

    /// @param sorted ascending; may be empty
    static Fences of(double[] sorted) {
        if (sorted.length == 0) {
            return new Fences(0, 0);
        }
        double low = Throughput.TYPE_7.evaluate(sorted, 0.25);
        double high = Throughput.TYPE_7.evaluate(sorted, 0.75);
        double range = high - low;
        int mild = 0;
        int severe = 0;
        for (double value : sorted) {
            double beyond = Math.max(low - value, value - high);
            if (beyond > OUTER * range) {
                severe++;
            } else if (beyond > INNER * range) {
                mild++;
            }
        }
        return new Fences(mild, severe);
    }
}
