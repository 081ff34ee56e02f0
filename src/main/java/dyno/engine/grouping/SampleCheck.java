package dyno.engine.grouping;

import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.ChunkReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether the records of one file all stand in another, in the same order. Stateless.
final class SampleCheck {

    private SampleCheck() {}

    /// @return the first record that does not; null where all do
    static @Nullable String difference(Path sample, Path whole, Runnable check) throws IOException {
        try (var few = ArrayRecordFile.open(sample);
                var fewReader = few.reader();
                var all = ArrayRecordFile.open(whole);
                var allReader = all.reader()) {
            var wanted = new Cursor(few, fewReader);
            var there = new Cursor(all, allReader);
            while (wanted.next()) {
                check.run();
                boolean isFound = false;
                while (!isFound && there.next()) {
                    isFound = wanted.equal(there);
                }
                if (!isFound) {
                    return "%s, record %d is no record of the whole grouping"
                            .formatted(sample.getFileName(), wanted.index);
                }
            }
            return null;
        }
    }

    /// Goes through a file's records.
    private static final class Cursor {

        private final ArrayRecordFile file;
        private final ChunkReader reader;
        private int chunk = -1;
        private int record;
        private long index = -1;

        Cursor(ArrayRecordFile file, ChunkReader reader) {
            this.file = file;
            this.reader = reader;
        }

        boolean next() throws IOException {
            record++;
            if (chunk < 0 || record == reader.records()) {
                chunk++;
                if (chunk >= file.chunks()) {
                    return false;
                }
                reader.read(chunk);
                record = 0;
            }
            index++;
            return true;
        }

        boolean equal(Cursor other) {
            int from = reader.recordFrom(record);
            int otherFrom = other.reader.recordFrom(other.record);
            return Arrays.equals(
                    reader.bytes(),
                    from,
                    from + reader.recordLength(record),
                    other.reader.bytes(),
                    otherFrom,
                    otherFrom + other.reader.recordLength(other.record));
        }
    }
}
