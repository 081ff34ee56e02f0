package dyno.engine.aggregation;

/// What the threads of one invocation share. Safe for any number of threads, [#clear] excepted.
record Shared(
        AggregationWorkload workload,
        DayRange days,
        PodNames names,
        LabelSets sets,
        TextMap cache,
        CostCategories categories) {

    static Shared of(AggregationWorkload workload, long textCacheBytes) {
        return new Shared(
                workload,
                DayRange.of(workload),
                new PodNames(),
                new LabelSets(new EnabledKeys(workload.enabledKeys())),
                new TextMap(textCacheBytes),
                new CostCategories(workload.costCategories()));
    }

    /// Forgets the invocation and keeps the memory for the next one. Results that refer to it are of no use any more.
    void clear() {
        names.clear();
        sets.clear();
        cache.clear();
    }
}
