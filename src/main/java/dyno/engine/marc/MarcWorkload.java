package dyno.engine.marc;

import dyno.engine.Field;
import dyno.engine.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to do with MARC records, from which input, and how.
public record MarcWorkload(
        @Field("where records come from") Input input,
        @Field(value = "what is done with each record", defaultValue = "READ") Operation operation,
        @Field(value = "our codec or the peer", defaultValue = "DYNO") Implementation implementation,
        @Field(value = "how the work is spread over threads or processes", defaultValue = "SEQUENTIAL") Strategy strategy,
        @Field(
                value = "all threads that work, or child processes alive at once",
                computedDefault = "1; where strategy is not SEQUENTIAL processors of the node, at least 2, at most 8",
                min = "1",
                max = "256")
                int threads,
        @Field(
                value = "generated: copies, each in memory or a file of its own; dataset: its first by name, over and"
                        + " over if it has fewer",
                computedDefault = "1; for a dataset all its files (null)",
                min = "1",
                max = "64")
                @Nullable Integer files,
        @Field(
                value = "bytes in memory before the clock starts, or read from a file inside every invocation",
                computedDefault = "MEMORY; with strategy PROCESSES FILE")
                Source source,
        @Field(
                value = "output into reused buffers, or into a file in the job's scratch folder",
                defaultValue = "DISCARD")
                Sink sink,
        @Field(
                value = "stop at the first defect, repair, or drop the record",
                defaultValue = "STRICT")
                ErrorMode errorMode,
        @Field(value = "what counts as a defect", defaultValue = "STRUCTURAL") Validation validation,
        @Field(
                value = "encoding of the input; AUTO follows leader/09: a is UTF-8, anything else MARC-8",
                defaultValue = "AUTO")
                CharacterSet characterSet,
        @Field(value = "of decoded MARC-8; UTF-8 input is never changed", defaultValue = "NFC")
                Normalization normalization,
        @Field(
                value = "what EXTRACT takes: TAG$codes, TAG, TAG/from-to or leader/from-to; X in a tag is any"
                        + " character",
                computedDefault = "[\"245$a\"]",
                min = "1",
                max = "32",
                pattern = ExtractSpec.PATTERN)
                List<String> extract,
        @Field(
                value = "one line a record with the first match of each spec, or a line for every match",
                defaultValue = "FIRST")
                ExtractMode extractMode,
        @Field(value = "how JSON records are strung together", defaultValue = "LINES")
                JsonContainer jsonContainer,
        @Field(value = "whether CSV begins each row with the record's index", defaultValue = "false")
                boolean csvRecordColumn,
        @Field(
                value = "what becomes of characters that XML 1.0 forbids",
                defaultValue = "REPLACE")
                XmlIllegal xmlIllegal,
        @Field(
                value = "pieces that SPLIT_FILE cuts the file into",
                computedDefault = "threads",
                min = "1",
                max = "1024")
                int segments,
        @Field(
                value = "PIPELINE: a batch ends at the first record end at or after this",
                defaultValue = "262144",
                min = "4096",
                max = "16777216")
                int batchBytes,
        @Field(
                value = "PIPELINE: batches on the way at once",
                defaultValue = "4",
                min = "1",
                max = "64")
                int queueBatches)
        implements Workload {

    public MarcWorkload {
        extract = List.copyOf(extract);
    }

    /// Exactly one of the two is given.
    public record Input(
            @Field(value = "records made from a seed", optional = true)
                    @Nullable Generate generate,
            @Field("name of a stored dataset of kind marc") @Nullable String dataset) {}

    /// Generated records; each depends on seed and index alone.
    public record Generate(
            @Field(
                    value = "records of each file",
                    defaultValue = "10000",
                    min = "1",
                    max = "100000000")
                    int records,
            @Field(value = "about 247 or 1,193 bytes a record", defaultValue = "TINY") Shape shape,
            @Field(
                    value = "share of records that are damaged",
                    defaultValue = "0.0",
                    min = "0.0",
                    max = "1.0")
                    double malformedRatio,
            @Field(value = "of the generated bytes", defaultValue = "UTF8") Encoding encoding,
            @Field(value = "of the generator", defaultValue = "42") long seed) {}

    public enum Shape {
        TINY,
        REALISTIC
    }

    public enum Encoding {
        UTF8,
        MARC8
    }

    public enum Operation {
        /// Walks leader, directory and fields, keeps nothing.
        READ,
        /// Makes an object of every record, field and subfield.
        READ_EAGER,
        EXTRACT,
        /// MARC-in-JSON.
        JSON,
        /// The array shape that marctools write.
        MARCJSON,
        MARCXML,
        CSV,
        DUBLIN_CORE,
        /// ISO 2709 from objects.
        WRITE,
        /// ISO 2709 to ISO 2709.
        ROUND_TRIP
    }

    public enum Implementation {
        DYNO,
        MARC4J
    }

    public enum Strategy {
        SEQUENTIAL,
        PARALLEL_FILES,
        SPLIT_FILE,
        PIPELINE,
        PROCESSES
    }

    public enum Source {
        MEMORY,
        FILE
    }

    public enum Sink {
        DISCARD,
        FILE
    }

    public enum ErrorMode {
        STRICT,
        LENIENT,
        SKIP
    }

    public enum Validation {
        STRUCTURAL,
        MARC21
    }

    public enum CharacterSet {
        AUTO,
        UTF8,
        MARC8
    }

    public enum Normalization {
        NFC,
        NONE
    }

    public enum ExtractMode {
        FIRST,
        ALL
    }

    public enum JsonContainer {
        LINES,
        ARRAY
    }

    public enum XmlIllegal {
        REPLACE,
        DROP,
        FAIL
    }
}
