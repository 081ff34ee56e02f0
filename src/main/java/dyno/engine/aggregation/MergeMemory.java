package dyno.engine.aggregation;

/// What a thread needs for merging, kept from run to run. Used by one thread at a time.
final class MergeMemory {

    /// By merged labels.
    final GroupTable groups;

    /// By the labels of pods alone.
    final KeyTable raw = new KeyTable();

    /// Group by number in [#raw].
    int[] merged = new int[64];

    /// The result's.
    final ResultRows rows = new ResultRows(0);

    MergeMemory(Sums sums) {
        this.groups = new GroupTable(sums);
    }

    /// Forgets what was merged; names of groups are now those of `shared`.
    void begin(Shared shared) {
        groups.begin(shared.names().resourceIds);
        raw.clear();
        rows.clear();
    }
}
