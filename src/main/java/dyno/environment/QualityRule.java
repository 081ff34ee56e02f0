package dyno.environment;

/// What lowers a run's grade, and from which value on. `docs/measurement.md` has the same table.
///
/// The limits are judgements, not measurements: with a steal of 1 % an effect of 3 %, which comparisons
/// look for, is still three times the disturbance; with 5 % it is not.
enum QualityRule {
    STEAL("share of the processors' time stolen in a timed region", 0.01, 0.05, 0.15),
    LOADED_HOST("tasks of others that wanted a processor, for each processor, before a fork", 0.25, 0.5, 1),
    CPU_PRESSURE("share of the look before a fork in which a task waited for a processor", 0.1, 0.3, 0.6),
    MEMORY_PRESSURE("share of the look before a fork in which a task waited for memory", 0.01, 0.05, 0.2),
    IO_PRESSURE("share of the look before a fork in which a task waited for a disk", 0.1, 0.3, 0.6),
    UNSTEADY_HOST("upper over lower quartile of the canaries of the run, less 1", 0.05, 0.15, 0.4),
    FREQUENCY_CHANGED("highest over lowest clock between the iterations of a fork, less 1", 0.03, 0.1, 0.25),
    GC_HEAVY("seconds of garbage collection for each timed second", 0.05, 0.2, 0.5),
    PREEMPTED("involuntary context switches for each second of processor time", 100, 300, QualityRule.NEVER),
    NO_STEADY_STATE("share of the forks whose iterations still get faster or slower", 0, 0.34, QualityRule.NEVER),
    UNSTABLE_FORKS("coefficient of variation of the forks' medians", 0.05, 0.1, 0.25),
    /// Fewer are worse.
    FEW_FORKS("forks of a case", 3, QualityRule.NEVER, QualityRule.NEVER),
    /// Fewer are worse.
    FEW_CPUS("processors, which the JVM's own threads share with the workload", 4, 2, QualityRule.NEVER),
    /// A word.
    GOVERNOR("frequency governor", 0, QualityRule.NEVER, QualityRule.NEVER);

    static final double NEVER = Double.NaN;

    private final String what;
    private final double limitOfA;
    private final double limitOfB;
    private final double limitOfC;

    QualityRule(String what, double limitOfA, double limitOfB, double limitOfC) {
        this.what = what;
        this.limitOfA = limitOfA;
        this.limitOfB = limitOfB;
        this.limitOfC = limitOfC;
    }

    String what() {
        return what;
    }

    /// Where more is worse. Comparing with [#NEVER] is false.
    Grade gradeOf(double value) {
        if (value > limitOfC) {
            return Grade.D;
        }
        return value > limitOfB ? Grade.C : value > limitOfA ? Grade.B : Grade.A;
    }

    /// Where fewer are worse.
    Grade gradeOfFew(double value) {
        if (value < limitOfC) {
            return Grade.D;
        }
        return value < limitOfB ? Grade.C : value < limitOfA ? Grade.B : Grade.A;
    }

    /// What a value would have to keep to for a better grade.
    double limitBetterThan(Grade grade) {
        return switch (grade) {
            case A, B -> limitOfA;
            case C -> limitOfB;
            case D -> limitOfC;
        };
    }
}
