package dyno.job;

import java.util.ArrayList;
import java.util.List;

/// In which order the forks of a job's cases run: all cases once, then again in rotated order (A B C, B C A,
/// C A B), so that a machine that drifts favours none.
final class ForkOrder {

    private ForkOrder() {}

    /// @param fork 0-based among the forks of a case
    record Turn(int caseIndex, int fork) {}

    static List<Turn> of(int cases, int forks) {
        var turns = new ArrayList<Turn>(cases * forks);
        for (int fork = 0; fork < forks; fork++) {
            for (int i = 0; i < cases; i++) {
                turns.add(new Turn((fork + i) % cases, fork));
            }
        }
        return turns;
    }
}
