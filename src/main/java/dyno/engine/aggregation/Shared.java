package dyno.engine.aggregation;

/// What the threads of one invocation share. Safe for any number of threads.

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
}
