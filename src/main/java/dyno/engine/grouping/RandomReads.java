package dyno.engine.grouping;

import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Some records of a file, seen in order, and read by number afterwards: check `randomAccessMatches`.
///
/// Used once, by one thread.
final class RandomReads {

    private static final String CHECK = "randomAccessMatches";
    private static final int READS = 64;

    private final Findings found;
    private final long step;
    private final @Nullable String[] hashes = new String[READS];

    /// @param records of the file
    RandomReads(long records, Findings found) {
        this.found = found;
        this.step = Math.max(1, records / READS);
        found.begin(CHECK);
    }

    /// Looks at a record that was read in order. One that could not be read is left out.
    void see(long index, byte[] data, int from, int length) {
        if (index % step == 0 && index / step < READS) {
            hashes[(int) (index / step)] =
                    new Sha256().update(data, from, length).hex(); // below READS
        }
    }

    /// Reads them again, backwards, so that nothing is read ahead.
    ///
    /// @param where what messages call the file
    void compare(ArrayRecordFile file, String where) throws IOException {
        for (int i = READS - 1; i >= 0; i--) {
            var hash = hashes[i];
            if (hash == null) {
                continue;
            }
            byte[] data = file.get(i * step);
            if (!hash.equals(new Sha256().update(data, 0, data.length).hex())) {
                found.fail(CHECK, "%srecord %d by number differs from the one in order".formatted(where, i * step));
            }
        }
    }
}
