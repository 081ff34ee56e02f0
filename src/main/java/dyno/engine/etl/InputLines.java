package dyno.engine.etl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of the first input records, read through the layout under test.
final class InputLines {

    /// Original records take 74 KB each.
    private static final int AT_ONCE = 50;

    private InputLines() {}

    static @Nullable String difference(EtlWorkload workload, int most) {
        int count = (int) Math.min(most, workload.records());
        var reference = new Reference(workload.seed(), workload.transform(), workload.hashRounds());
        var line = new LineBuffer(256);
        for (int done = 0; done < count; done += AT_ONCE) {
            var batch = records(workload, done + 1L, Math.min(AT_ONCE, count - done));
            for (int i = 0; i < batch.size(); i++) {
                line.clear();
                batch.appendInput(i, line);
                byte[] expected = reference.inputLine(batch.id(i)).getBytes(StandardCharsets.ISO_8859_1);
                if (!Arrays.equals(line.array(), 0, line.length(), expected, 0, expected.length)) {
                    return "record %d reads %s".formatted(batch.id(i), line);
                }
            }
        }
        return null;
    }

    private static Batch records(EtlWorkload workload, long firstId, int count) {
        var draws = new DrawStream(workload.seed());
        if (workload.isColumnar()) {
            var columns = new OptimisedColumns(count);
            int _ = columns.append(draws, firstId, count, Long.MAX_VALUE);
            return columns;
        }
        return workload.recordShape() == EtlWorkload.RecordShape.ORIGINAL
                ? objects(new OriginalMaker(draws), OriginalKind.INSTANCE, firstId, count)
                : objects(new OptimisedMaker(draws), OptimisedKind.INSTANCE, firstId, count);
    }

    private static <R> ObjectBatch<R> objects(RecordMaker<R> maker, RecordKind<R> kind, long firstId, int count) {
        var batch = new ObjectBatch<>(kind, count);
        for (int i = 0; i < count; i++) {
            batch.add(maker.make(firstId + i));
        }
        return batch;
    }
}
