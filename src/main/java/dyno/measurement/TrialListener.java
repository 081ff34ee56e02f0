package dyno.measurement;

/// Hears how far a fork is. Called between iterations, never inside one; must return at once.
@FunctionalInterface
public interface TrialListener {

    TrialListener NONE = (stage, iteration, iterations) -> {};

    /// @param stage      what comes now
    /// @param iteration  0-based index of the iteration that comes now; 0 in stages without iterations
    /// @param iterations iterations of this stage; 0 in stages without
    void at(Stage stage, int iteration, int iterations);
}
