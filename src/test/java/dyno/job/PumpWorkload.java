package dyno.job;

import dyno.engine.Field;
import dyno.engine.Workload;
import org.jspecify.annotations.Nullable;

/// What [PumpEngine] does, with a field of each kind that jobs care about.
record PumpWorkload(
        @Field(value = "bytes a stroke moves", defaultValue = "4096", min = "1", max = "1073741824")
        long chunkBytes,

        @Field(value = "pumps at work", min = "1", max = "64", computedDefault = "processors of the node")
        int threads,

        @Field(value = "how to pump", defaultValue = "DIRECT")
        Mode mode,

        @Field(value = "needs a bearing", defaultValue = "false")
        boolean once,

        @Field("note in the margin") @Nullable String note,

        @Field(value = "memory and disk to ask for", defaultValue = "1", min = "1", max = "1152921504606846976")
        long appetiteBytes,

        @Field("database that strokes are written to") @Nullable
        String reservoir,

        @Field("where water comes from") Source input)
        implements Workload {

    enum Mode {
        DIRECT,
        LEGACY,
        SILENT
    }

    record Source(
            @Field(value = "rows of the well", defaultValue = "10", min = "1", max = "1000")
            int rows,

            @Field(value = "its depth", defaultValue = "1.5", min = "0.5", max = "9")
            double depth) {}
}
