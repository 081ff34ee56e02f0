package dyno.engine.marc;

import dyno.engine.marc.CodecWorker.Stretch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/// The pieces that a file is cut into, and where reading each of them begins.
///
/// That is looked for in the file when it is asked for, by whoever asks: it depends on the bytes alone. Safe for any
/// number of threads.
final class Pieces {

    private static final long UNKNOWN = -1;

    private final long fileBytes;
    private final int count;

    /// First byte of each piece, and one more.
    private final AtomicLongArray starts;

    private final List<Stretch> known;

    /// @param count of pieces of equal size
    Pieces(long fileBytes, int count) {
        this(fileBytes, count, List.of());
        starts.set(0, 0);
        starts.set(count, Long.MAX_VALUE);
        for (int i = 1; i < count; i++) {
            starts.set(i, UNKNOWN);
        }
    }

    private Pieces(long fileBytes, int count, List<Stretch> known) {
        this.fileBytes = fileBytes;
        this.count = count;
        this.starts = new AtomicLongArray(count + 1);
        this.known = known;
    }

    /// Pieces that nothing has to be found out about.
    static Pieces of(List<Stretch> stretches) {
        return new Pieces(0, stretches.size(), List.copyOf(stretches));
    }

    int count() {
        return count;
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
            start = Framer.guessStart(narrow, (long) ((double) fileBytes / count * piece));
            starts.set(piece, start);
        }
        return start;
    }
}
