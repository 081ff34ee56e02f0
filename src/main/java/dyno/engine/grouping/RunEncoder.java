package dyno.engine.grouping;

import dyno.engine.arrayrecord.ChunkEncoder;
import dyno.engine.arrayrecord.EncodedChunks;
import dyno.engine.arrayrecord.WriterOptions;
import java.util.function.LongSupplier;

/// What a worker encodes runs with. Used by one thread at a time.
final class RunEncoder implements AutoCloseable {

    private final RecordEncoder records = new RecordEncoder();
    private final ChunkEncoder chunks;
    private final LongSupplier clock;
    final SizeCounts sizes = new SizeCounts();
    long encodeNanos;
    long compressNanos;

    RunEncoder(WriterOptions options, LongSupplier clock) {
        this.chunks = new ChunkEncoder(options);
        this.clock = clock;
    }

    /// Encodes a run of whole chunks; the last one may be short.
    void encode(RecordPlan plan, RecordPlan.Run run, EncodedChunks target) {
        long start = clock.getAsLong();
        int[] ranks = plan.ranks(run.side());
        int index = run.index();
        int part = run.part();
        for (int record = 0; record < run.records(); record++) {
            int rank = ranks[index];
            add(plan, rank, part, chunks);
            if (chunks.isFull()) {
                long encoded = clock.getAsLong();
                chunks.finish(target);
                long packed = clock.getAsLong();
                encodeNanos += encoded - start;
                compressNanos += packed - encoded;
                start = packed;
            }
            part++;
            if (part == plan.parts(rank)) {
                part = 0;
                index++;
            }
        }
        long encoded = clock.getAsLong();
        chunks.finish(target);
        encodeNanos += encoded - start;
        compressNanos += clock.getAsLong() - encoded;
    }

    /// Adds one record to a chunk that is collected.
    void add(RecordPlan plan, int rank, int part, ChunkEncoder chunk) {
        var grouped = plan.grouped;
        var sources = grouped.sources();
        int code = grouped.codes()[rank];
        records.probe(sources.bytes(), sources.offsets()[code], sources.length(code), plan.sourceIds[rank]);
        int bytes =
                records.measure(grouped.columns(), grouped.order(), plan.begin(rank, part), plan.begin(rank, part + 1));
        int at = chunk.begin(bytes);
        records.write(chunk.buffer(), at);
        sizes.add(bytes);
    }

    @Override
    public void close() {
        chunks.close();
    }
}
