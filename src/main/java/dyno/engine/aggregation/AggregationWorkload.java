package dyno.engine.aggregation;

import dyno.engine.Field;
import dyno.engine.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to aggregate, how, and where the rows go.
public record AggregationWorkload(
        @Field("where the rows come from") AggregationInput input,

        @Field(value = "how the rows are aggregated", defaultValue = "STREAMING_PARALLEL")
        Strategy strategy,

        @Field(
                value = "most rows of a chunk; a chunk never spans files or row groups",
                defaultValue = "100000",
                min = "1",
                max = "10000000")
        int chunkRows,

        @Field(
                value = "aggregating threads; for DUCKDB its thread setting",
                computedDefault = "processors of the node, at most 64; 1 for IN_MEMORY and STREAMING",
                min = "1",
                max = "64")
        int workers,

        @Field(
                value = "chunks that may wait between reader and workers",
                computedDefault = "2 x workers",
                min = "1",
                max = "1024")
        int queueChunks,

        @Field(value = "how far reading runs ahead of aggregating", defaultValue = "BOUNDED")
        Prefetch prefetch,

        @Field(value = "decode only the columns that the result needs", defaultValue = "true")
        boolean columnPruning,

        @Field(value = "how often a label text is parsed", defaultValue = "PER_DISTINCT")
        LabelMode labelMode,

        @Field(value = "what sums are made of", defaultValue = "EXACT")
        Sums sums,

        @Field(value = "kinds of rows; POD must be among them", defaultValue = "[POD]", min = "1", max = "3")
        List<Output> outputs,

        @Field(
                value = "label keys that survive, each of 1 to 253 characters; vm_kubevirt_io_name always does",
                defaultValue =
                        "[app, environment, tier, component, nodeclass, node_role_kubernetes_io,"
                                + " openshift_cluster, openshift_node, openshift_project, team, version, storageclass, pod, node]",
                min = "0",
                max = "1000",
                pattern = "(?s)[^\\x00]{1,253}")
        List<String> enabledKeys,

        @Field(value = "patterns on the namespace and their ids", defaultValue = "[]", min = "0", max = "1000")
        List<CostCategory> costCategories,

        @Field(value = "dates that count; all of the input where absent", optional = true) @Nullable
        Period period,

        @Field("columns that are the same in every row") Identity identity,

        @Field(value = "how rows reach PostgreSQL", defaultValue = "COPY_BINARY")
        LoadMethod loadMethod,

        @Field(
                value = "keep the loaded table as schema dyno_agg_<outputSchema> for a day",
                pattern = "[a-z][a-z0-9_]{0,30}")
        @Nullable
        String outputSchema)
        implements Workload {

    boolean makes(Output output) {
        return outputs.contains(output);
    }

    boolean isLoading() {
        return loadMethod != LoadMethod.NONE;
    }

    /// The same work in another way, with a queue of its default length.
    AggregationWorkload with(Strategy other, int otherChunkRows, int otherWorkers) {
        return copy(other, otherChunkRows, otherWorkers, sums, period);
    }

    /// The same work with exact sums.
    AggregationWorkload exact() {
        return copy(strategy, chunkRows, workers, Sums.EXACT, period);
    }

    /// The same work on other dates.
    AggregationWorkload within(Period other) {
        return copy(strategy, chunkRows, workers, sums, other);
    }

    private AggregationWorkload copy(
            Strategy otherStrategy,
            int otherChunkRows,
            int otherWorkers,
            Sums otherSums,
            @Nullable Period otherPeriod) {
        return new AggregationWorkload(
                input,
                otherStrategy,
                otherChunkRows,
                otherWorkers,
                2 * otherWorkers,
                Prefetch.BOUNDED,
                columnPruning,
                labelMode,
                otherSums,
                outputs,
                enabledKeys,
                costCategories,
                otherPeriod,
                identity,
                loadMethod,
                outputSchema);
    }
}
