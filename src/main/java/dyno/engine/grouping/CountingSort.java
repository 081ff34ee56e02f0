package dyno.engine.grouping;

import dyno.engine.kernel.ChunkRange;
import java.io.IOException;
import java.util.Arrays;

/// Orders row numbers by their source's rank, stable. Benchmark: `CountingSortBenchmark`.
///
/// Workers count and scatter ranges of rows, each with counters of its own; where ranges meet, the earlier range's
/// rows come first, so that the order does not depend on how many there are.
final class CountingSort {

    private static final int DROPPED = -1;

    private CountingSort() {}

    /// Rows grouped.
    ///
    /// @param order  row numbers, those of a rank one behind the other, ascending
    /// @param starts where each rank's rows begin in `order`, and a last entry where they end
    /// @param codes  the source of each rank, ascending by address
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Result(int[] order, int[] starts, int[] codes) {}

    /// @param sources   source of each row, -1 for one that is dropped
    /// @param rows      how many
    /// @param addresses of the sources
    /// @param codes     how many sources there are; one without rows gets no rank
    static Result sort(int[] sources, int rows, Addresses addresses, int codes, Stage stage)
            throws IOException, InterruptedException {
        // Counters of all workers together are to weigh less than the rows.
        int shares = Math.clamp(rows / (4L * Math.max(1, codes)), 1, stage.workers());
        int[][] counts = new int[shares][];
        stage.run(worker -> {
            if (worker < shares) {
                counts[worker] = count(sources, ChunkRange.of(rows, shares, worker), codes);
            }
        });
        int[] ranked = ranked(counts, codes);
        AddressOrder.sort(ranked, ranked.length, addresses);
        int[] starts = new int[ranked.length + 1];
        int at = 0;
        for (int rank = 0; rank < ranked.length; rank++) {
            starts[rank] = at;
            for (int[] count : counts) {
                int many = count[ranked[rank]];
                count[ranked[rank]] = at;
                at += many;
            }
        }
        starts[ranked.length] = at;
        int[] order = new int[at];
        stage.run(worker -> {
            if (worker < shares) {
                scatter(sources, ChunkRange.of(rows, shares, worker), counts[worker], order);
            }
        });
        return new Result(order, starts, ranked);
    }

    private static int[] count(int[] sources, ChunkRange range, int codes) {
        int[] counts = new int[codes];
        int end = (int) range.end(); // rows are an int
        for (int row = (int) range.from(); row < end; row++) {
            int code = sources[row];
            if (code != DROPPED) {
                counts[code]++;
            }
        }
        return counts;
    }

    private static void scatter(int[] sources, ChunkRange range, int[] next, int[] order) {
        int end = (int) range.end(); // rows are an int
        for (int row = (int) range.from(); row < end; row++) {
            int code = sources[row];
            if (code != DROPPED) {
                order[next[code]++] = row;
            }
        }
    }

    /// The sources that have rows.
    private static int[] ranked(int[][] counts, int codes) {
        int[] found = new int[codes];
        int size = 0;
        for (int code = 0; code < codes; code++) {
            int sum = 0;
            for (int[] count : counts) {
                sum |= count[code];
            }
            if (sum != 0) {
                found[size++] = code;
            }
        }
        return size == codes ? found : Arrays.copyOf(found, size);
    }
}
