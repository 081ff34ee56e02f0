package dyno.engine.grouping;

import dyno.engine.Field;
import dyno.engine.Workload;
import org.jspecify.annotations.Nullable;

/// Which measurements to regroup by probe, with which strategy, into which files.
public record GroupingWorkload(
        @Field(
                value = "the measurements: exactly one of generate and dataset",
                computedDefault = "generate with its defaults")
        Input input,

        @Field(value = "what does the grouping", defaultValue = "COLUMNAR")
        Strategy strategy,

        @Field(
                value = "threads of the whole job, DuckDB's included",
                computedDefault = "processors of the node",
                min = "1",
                max = "256")
        int workers,

        @Field(value = "which probes are train: by their number, or by their position", defaultValue = "HASH")
        Split split,

        @Field(value = "share of train; a multiple of 0.1 with split HASH", defaultValue = "0.9", min = "0", max = "1")
        double trainRatio,

        @Field(
                value = "limit of one record's nested stream; bigger probes become several records",
                defaultValue = "8388608",
                min = "1024",
                max = "1073741824")
        int maxRowBytes,

        @Field(value = "records of one ArrayRecord chunk", defaultValue = "1", min = "1", max = "65536")
        int groupSize,

        @Field(value = "of the chunks", defaultValue = "ZSTD")
        Packing compression,

        @Field(value = "zstd level", defaultValue = "3", min = "-7", max = "19")
        int compressionLevel,

        @Field(
                value =
                        "STREAMING: bound of the fork's resident memory; SQL strategies: DuckDB's limit; COLUMNAR: refused"
                                + " where its estimate is higher",
                defaultValue = "1073741824",
                min = "268435456")
        long memoryLimitBytes,

        @Field(value = "STREAMING: buckets on disk; 0: chosen", defaultValue = "0", min = "0", max = "4096")
        int spillBuckets,

        @Field(value = "STREAMING: go on from a spill that an interrupted job left", defaultValue = "false")
        boolean resume,

        @Field(
                value = "QUERY_PER_KEY: query only so many probes, and extrapolate; null: all of them",
                min = "1",
                max = "100000000")
        @Nullable
        Integer sampleKeys,

        @Field(value = "SQL_GROUP_BY: columns, or an object per measurement", defaultValue = "ARROW")
        SqlTransport sqlTransport,

        @Field(value = "keep the files of the last iteration of fork 0 as artifacts", defaultValue = "false")
        boolean keepOutput)
        implements Workload {

    /// Where measurements come from.
    public record Input(
            @Field(value = "made from a seed", optional = true) @Nullable
            Generate generate,

            @Field("name of a stored dataset of kind measurements") @Nullable
            String dataset) {}

    /// Measurements made from a seed.
    public record Generate(
            @Field(value = "rows", defaultValue = "500028", min = "1", max = "2000000000")
            long measurements,

            @Field(
                    value = "distinct source addresses, exactly; at most measurements",
                    defaultValue = "18928",
                    min = "1",
                    max = "100000000")
            int probes,

            @Field(value = "spread of rows over probes; 0 is even", defaultValue = "0.8", min = "0", max = "4")
            double skew,

            @Field(
                    value = "decides every row",
                    defaultValue = "42",
                    min = "-9223372036854775808",
                    max = "9223372036854775807")
            long seed,

            @Field(
                    value = "Parquet files, contiguous ranges of rows; at most measurements",
                    defaultValue = "1",
                    min = "1",
                    max = "1000")
            int files,

            @Field(value = "by time, or in pseudo-random order", defaultValue = "TIME")
            RowOrder rowOrder) {}

    public enum Strategy {
        /// One query per probe, one after the other: the write-up's sequential program.
        QUERY_PER_KEY,
        /// One GROUP BY that makes lists.
        SQL_GROUP_BY,
        /// Memory bounded, whatever the input.
        STREAMING,
        /// Columns in memory, counting sort.
        COLUMNAR
    }

    public enum Split {
        HASH,
        POSITION
    }

    public enum Packing {
        ZSTD,
        NONE
    }

    public enum SqlTransport {
        ARROW,
        JDBC
    }

    public enum RowOrder {
        TIME,
        SHUFFLED
    }
}
