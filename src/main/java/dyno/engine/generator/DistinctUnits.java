package dyno.engine.generator;

/// Units of a case, over all of its streams.
record DistinctUnits(long units, long distinct) {

    static DistinctUnits of(GeneratorWorkload workload) {
        long units = 0;
        long distinct = 0;
        for (int stream = 0; stream < workload.streams(); stream++) {
            long length = workload.streamBytes(stream);
            if (length > 0) {
                var plan = DedupPlan.of(workload.layout(), length, workload.dedupUnitBytes(), workload.dedupRatio());
                units += plan.units();
                distinct += plan.distinctUnits();
            }
        }
        return new DistinctUnits(units, distinct);
    }

    /// 1 where there are no units at all, as in a workload that contradicts itself.
    double effectiveRatio() {
        return distinct == 0 ? 1 : units / (double) distinct;
    }
}
