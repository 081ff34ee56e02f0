package dyno.engine.marc;

import dyno.engine.marc.CodecWorker.Stretch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/// The pieces that a file is cut into, and where reading each of them begins.
///
/// That is looked for in the file when it is asked for, by whoever asks: it depends on the bytes alone. Safe for any
/// number of threads.
final class Pieces {

    private static final long UNKNOWN = -1;

    /// First byte of each piece.
    private final long[] cuts;

    private final int[] segments;

    /// Where the first record of each piece begins; one more.
    private final AtomicLongArray starts;

    private final List<Stretch> known;

    private Pieces(long[] cuts, int[] segments, List<Stretch> known) {
        this.cuts = cuts;
        this.segments = segments;
        this.starts = new AtomicLongArray(cuts.length + 1);
        for (int i = 1; i < cuts.length; i++) {
            starts.set(i, UNKNOWN);
        }
        starts.set(cuts.length, Long.MAX_VALUE);
        this.known = known;
    }

    /// Cuts a file where its segments begin, and segments further: a piece is a quarter of what each thread would
    /// get of the bytes that are left, so that those who are done early find something small to do at the end.
    ///
    /// @param least bytes of a piece, but for the last of a segment
    static Pieces of(long fileBytes, int segments, int threads, long least) {
        var cuts = LongStream.builder();
        var owners = LongStream.builder();
        for (int i = 0; i < segments; i++) {
            long past = i + 1 == segments ? fileBytes : segmentStart(fileBytes, segments, i + 1);
            long at = segmentStart(fileBytes, segments, i);
            do {
                cuts.add(at);
                owners.add(i);
                at += Math.max(least, (fileBytes - at) / (4L * threads));
            } while (at < past);
        }
        int[] owner = owners.build().mapToInt(Math::toIntExact).toArray();
        return new Pieces(cuts.build().toArray(), owner, List.of());
    }

    private static long segmentStart(long fileBytes, int segments, int segment) {
        return (long) ((double) fileBytes / segments * segment);
    }

    /// The same pieces, when all about them is known.
    Pieces known(List<Stretch> stretches) {
        return new Pieces(cuts, segments, List.copyOf(stretches));
    }

    int count() {
        return known.isEmpty() ? cuts.length : known.size();
    }

    /// Which segment a piece is of.
    int segment(int piece) {
        return segments[piece];
    }

    /// A piece, counting its records from 0 unless more is known.
    Stretch stretch(int piece, InputFile.Opened opened) throws IOException {
        return known.isEmpty() ? new Stretch(start(piece, opened), start(piece + 1, opened), 0) : known.get(piece);
    }

    private long start(int piece, InputFile.Opened opened) throws IOException {
        long start = starts.get(piece);
        if (start == UNKNOWN) {
            var narrow = new Window(2 * Window.LOOKAHEAD, false);
            opened.attach(narrow);
            start = Framer.guessStart(narrow, cuts[piece]);
            starts.set(piece, start);
        }
        return start;
    }
}
