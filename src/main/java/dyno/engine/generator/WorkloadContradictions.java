package dyno.engine.generator;

import dyno.engine.Contradictions;
import dyno.engine.Given;
import java.math.BigDecimal;

/// What bounds cannot say of a workload. Every message names the field, its value and what is wrong, then what
/// would be right.
final class WorkloadContradictions {

    private static final int MIN_RANDOM_BYTES = 64;
    private static final int MIN_DGEN_BLOCK = 1 << 20;
    private static final int MAX_DGEN_BLOCK = 1 << 25;
    private static final int MAX_COMPRESS_UNIT = 1 << 20;
    private static final int DIRECT_IO_BYTES = ChunkBuffers.ALIGNMENT;

    private final GeneratorWorkload workload;
    private final Given given;
    private final Contradictions found;

    private WorkloadContradictions(GeneratorWorkload workload, Given given, Contradictions found) {
        this.workload = workload;
        this.given = given;
        this.found = found;
    }

    static void find(GeneratorWorkload workload, Given given, Contradictions found) {
        var search = new WorkloadContradictions(workload, given, found);
        search.sizes();
        switch (workload.layout()) {
            case DGEN -> search.dgen();
            case INTERLEAVED -> search.units();
        }
        search.ratios();
        search.sink();
    }

    private void sizes() {
        long share = workload.totalBytes() / workload.streams();
        if (share == 0) {
            found.add(
                    "streams",
                    "streams %d is more than totalBytes %d; every stream needs a byte"
                            .formatted(workload.streams(), workload.totalBytes()));
        } else if (given.has("chunkBytes") && workload.chunkBytes() > share) {
            found.add(
                    "chunkBytes",
                    "chunkBytes %d is larger than a stream's share of totalBytes, %d; lower chunkBytes or streams, or raise totalBytes"
                            .formatted(workload.chunkBytes(), share));
        }
    }

    private void dgen() {
        if (workload.algorithm() != Algorithm.XOSHIRO) {
            found.add("layout", "layout DGEN needs algorithm XOSHIRO, not " + workload.algorithm());
        }
        wholeRatio("compressRatio", workload.compressRatio());
        wholeRatio("dedupRatio", workload.dedupRatio());
        int block = workload.dedupUnitBytes();
        if (block < MIN_DGEN_BLOCK || block > MAX_DGEN_BLOCK) {
            found.add(
                    "dedupUnitBytes",
                    "dedupUnitBytes %d is not a block of layout DGEN; use %d to %d"
                            .formatted(block, MIN_DGEN_BLOCK, MAX_DGEN_BLOCK));
        }
        if (given.has("compressUnitBytes") && workload.compressUnitBytes() != block) {
            found.add(
                    "compressUnitBytes",
                    "compressUnitBytes %d differs from dedupUnitBytes %d; layout DGEN compresses by block"
                            .formatted(workload.compressUnitBytes(), block));
        }
    }

    private void wholeRatio(String field, double ratio) {
        if (ratio != Math.rint(ratio)) {
            found.add(field, "%s %s is a fraction; layout DGEN needs whole ratios".formatted(field, plain(ratio)));
        }
    }

    private void units() {
        int compressUnit = workload.compressUnitBytes();
        if (compressUnit > workload.dedupUnitBytes()) {
            found.add(
                    "compressUnitBytes",
                    "compressUnitBytes %d is larger than dedupUnitBytes %d; a compress unit must lie within a dedup unit"
                            .formatted(compressUnit, workload.dedupUnitBytes()));
        } else if (compressUnit > MAX_COMPRESS_UNIT) {
            found.add(
                    "compressUnitBytes",
                    "compressUnitBytes %d is larger than %d; only layout DGEN takes larger units"
                            .formatted(compressUnit, MAX_COMPRESS_UNIT));
        }
    }

    private void ratios() {
        boolean withoutMeaning = !workload.algorithm().usesSeed();
        if (withoutMeaning) {
            ratioWithoutMeaning("compressRatio", workload.compressRatio());
            ratioWithoutMeaning("dedupRatio", workload.dedupRatio());
        }
        double randomBytes = workload.compressUnitBytes() / workload.compressRatio();
        if (!withoutMeaning && randomBytes < MIN_RANDOM_BYTES) {
            long needed = (long) Math.ceil(workload.compressRatio() * MIN_RANDOM_BYTES);
            found.add(
                    "compressRatio",
                    "compressRatio %s leaves fewer than %d random bytes in a unit of %d; use compressUnitBytes of at least %d"
                            .formatted(
                                    plain(workload.compressRatio()),
                                    MIN_RANDOM_BYTES,
                                    workload.compressUnitBytes(),
                                    Long.highestOneBit(needed - 1) << 1));
        }
    }

    private void ratioWithoutMeaning(String field, double ratio) {
        if (ratio > 1) {
            found.add(field, "%s %s has no effect on algorithm %s".formatted(field, ratio, workload.algorithm()));
        }
    }

    private void sink() {
        if (workload.sink() == Sink.FILE) {
            if (workload.mode() != Mode.DIRECT) {
                found.add("sink", "sink FILE needs mode DIRECT, not " + workload.mode());
            }
        } else {
            needsSinkFile("fsync", workload.fsync());
            needsSinkFile("directIo", workload.directIo());
        }
        Long workingSet = workload.workingSetBytes();
        if (workingSet != null && given.has("workingSetBytes")) {
            workingSet(workingSet);
        }
        if (workload.directIo()) {
            directIo();
        }
    }

    /// What is switched off needs nothing; what is on by default was not asked for.
    private void needsSinkFile(String field, boolean value) {
        if (value && given.has(field)) {
            found.add(field, field + " true needs sink FILE");
        }
    }

    private void workingSet(long bytes) {
        if (workload.sink() != Sink.WORKING_SET) {
            found.add("workingSetBytes", "workingSetBytes %d needs sink WORKING_SET".formatted(bytes));
        } else if (bytes / workload.streams() / 2 < workload.chunkBytes()) {
            found.add(
                    "workingSetBytes",
                    "workingSetBytes %d holds fewer than two chunks for each of %d streams"
                            .formatted(bytes, workload.streams()));
        }
    }

    private void directIo() {
        if (workload.buffer() != BufferKind.NATIVE) {
            found.add("directIo", "directIo true needs buffer NATIVE");
        }
        for (int stream : new int[] {0, workload.streams() - 1}) {
            long share = workload.streamBytes(stream);
            if (share % DIRECT_IO_BYTES != 0) {
                found.add(
                        "directIo",
                        "directIo true needs multiples of %d; a stream's share of totalBytes is %d"
                                .formatted(DIRECT_IO_BYTES, share));
                break;
            }
        }
        if (workload.chunkBytes() % DIRECT_IO_BYTES != 0) {
            found.add(
                    "directIo",
                    "directIo true needs multiples of %d; chunkBytes is %d"
                            .formatted(DIRECT_IO_BYTES, workload.chunkBytes()));
        }
    }

    /// A ratio as one writes it: `100`, `1.5`.
    static String plain(double ratio) {
        return BigDecimal.valueOf(ratio).stripTrailingZeros().toPlainString();
    }
}
