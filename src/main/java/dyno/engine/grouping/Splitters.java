package dyno.engine.grouping;

import dyno.engine.parquet.ByteStrings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Addresses that part the buckets: bucket `b` holds those from splitter `b − 1` on and below splitter `b`.
///
/// Taken from rows at even distances, so that they are the same for the same input, whoever looks. Immutable.
final class Splitters {

    private static final int SAMPLES_A_BUCKET = 256;
    private static final int MOST_SAMPLES = 1 << 17;

    private final byte[][] bounds;

    private Splitters(byte[][] bounds) {
        this.bounds = bounds;
    }

    /// Reads the sources of every row group, and keeps some.
    static Splitters sample(InputFiles files, int buckets, Stage stage) throws IOException, InterruptedException {
        if (buckets == 1) {
            return new Splitters(new byte[0][]);
        }
        long wanted = Math.min(MOST_SAMPLES, (long) buckets * SAMPLES_A_BUCKET);
        long step = Math.max(1, files.rows() / wanted);
        var parts = files.parts();
        var samples = new ArrayList<List<byte[]>>();
        for (int i = 0; i < parts.size(); i++) {
            samples.add(List.of());
        }
        stage.deal(parts.size(), (piece, worker) -> {
            var some = sample(files, parts.get(piece), step, stage);
            synchronized (samples) {
                samples.set(piece, some);
            }
        });
        byte[][] all = samples.stream().flatMap(List::stream).toArray(byte[][]::new);
        Arrays.sort(all, Arrays::compareUnsigned);
        var bounds = new ArrayList<byte[]>();
        for (int b = 1; b < buckets; b++) {
            if (all.length == 0) {
                break;
            }
            byte[] bound = all[(int) ((long) b * all.length / buckets)]; // below all.length
            if (bounds.isEmpty() || Arrays.compareUnsigned(bounds.getLast(), bound) < 0) {
                bounds.add(bound);
            }
        }
        return new Splitters(bounds.toArray(byte[][]::new));
    }

    private static List<byte[]> sample(InputFiles files, InputFiles.Part part, long step, Stage stage)
            throws IOException {
        var some = new ArrayList<byte[]>();
        var reader = files.file(part.file()).rowGroup(part.facts().index(), List.of(MeasurementSchema.SOURCE));
        var column = reader.binaries(MeasurementSchema.SOURCE);
        long row = part.firstRow();
        for (int count = reader.next(ColumnLoad.MOST_ROWS); count > 0; count = reader.next(ColumnLoad.MOST_ROWS)) {
            stage.check();
            // Rows whose number in the whole input is a multiple of the step.
            for (long i = Math.ceilDiv(row, step) * step - row; i < count; i += step) {
                int at = column.from() + (int) i; // below count
                if (column.isCoded()) {
                    if (column.codes()[at] >= 0) {
                        some.add(column.dictionary().copy(column.codes()[at]));
                    }
                } else if (column.strings().lengths()[at] >= 0) {
                    some.add(column.strings().copy(at));
                }
            }
            row += count;
        }
        return some;
    }

    int buckets() {
        return bounds.length + 1;
    }

    int bucket(ByteStrings texts, int index) {
        return bucket(texts.bytes(), texts.starts()[index], texts.lengths()[index]);
    }

    /// The bucket of an address.
    int bucket(byte[] bytes, int from, int length) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            byte[] bound = bounds[middle];
            if (Arrays.compareUnsigned(bytes, from, from + length, bound, 0, bound.length) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
