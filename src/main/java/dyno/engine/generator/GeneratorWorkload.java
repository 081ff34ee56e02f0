package dyno.engine.generator;

import dyno.engine.Field;
import dyno.engine.Workload;
import org.jspecify.annotations.Nullable;

/// What to generate, how, and what becomes of it.
public record GeneratorWorkload(
        @Field(
                value = "bytes of one invocation, summed over streams; never rounded",
                defaultValue = "4294967296",
                min = "1",
                max = "1125899906842624")
        long totalBytes,

        @Field(
                value = "bytes asked for by one fill call; the last call of a stream may be shorter",
                computedDefault = "67108864, or a stream's share of totalBytes where that is less",
                min = "512",
                max = "1073741824")
        int chunkBytes,

        @Field(
                value = "threads that fill one chunk, the caller among them",
                computedDefault = "processors of the node",
                min = "1",
                max = "1024")
        int threads,

        @Field(
                value = "concurrent callers, each with a generator, a buffer and threads of its own",
                defaultValue = "1",
                min = "1",
                max = "256")
        int streams,

        @Field(value = "where the random words come from", defaultValue = "COUNTER")
        Algorithm algorithm,

        @Field(value = "how a chunk reaches the caller", defaultValue = "DIRECT")
        Mode mode,

        @Field(value = "a byte array, or memory outside the heap aligned to 4096 bytes", defaultValue = "HEAP")
        BufferKind buffer,

        @Field(
                value = "wanted size : compressed size, a real number up to compressUnitBytes / 64",
                defaultValue = "1.0",
                min = "1",
                max = "1024")
        double compressRatio,

        @Field(value = "units : distinct units, a real number", defaultValue = "1.0", min = "1", max = "1000000")
        double dedupRatio,

        @Field(
                value = "each unit of this size carries its own share of filler; up to 1048576 unless layout is DGEN",
                computedDefault = "4096; layout DGEN: dedupUnitBytes",
                min = "512",
                max = "33554432",
                powerOfTwo = true)
        int compressUnitBytes,

        @Field(
                value = "what repeats; a store with this unit, or a smaller one that divides it, sees the ratio",
                defaultValue = "1048576",
                min = "4096",
                max = "67108864",
                powerOfTwo = true)
        int dedupUnitBytes,

        @Field(
                value = "decides every byte of the reproducible algorithms",
                defaultValue = "42",
                min = "-9223372036854775808",
                max = "9223372036854775807")
        long seed,

        @Field(
                value = "how offsets become content; DGEN is byte-exact with the reference core",
                defaultValue = "INTERLEAVED")
        Layout layout,

        @Field(value = "what becomes of a filled chunk", defaultValue = "DISCARD")
        Sink sink,

        @Field(
                value = "bytes of the ring of buffers of sink WORKING_SET; null for the larger of 256 MiB and four"
                        + " last-level caches, rounded up to whole chunks",
                min = "1",
                max = "1125899906842624")
        @Nullable
        Long workingSetBytes,

        @Field(value = "whether sink FILE syncs each file once, at its end", defaultValue = "true")
        boolean fsync,

        @Field(value = "whether sink FILE goes around the page cache", defaultValue = "false")
        boolean directIo,

        @Field(value = "whether workers are pinned to processors", defaultValue = "AUTO")
        Numa numa)
        implements Workload {

    /// Bytes that stream `stream` makes: the first `totalBytes mod streams` streams make one more.
    long streamBytes(int stream) {
        return totalBytes / streams + (stream < totalBytes % streams ? 1 : 0);
    }

    /// What stream `stream` consists of.
    Content content(int stream) {
        return new Content(
                algorithm,
                layout,
                seed,
                stream,
                streamBytes(stream),
                new Ratios(compressRatio, dedupRatio, compressUnitBytes, dedupUnitBytes));
    }

    int threadsUsed() {
        return Math.multiplyExact(streams, threads);
    }
}
