package dyno.engine.grouping;

import dyno.engine.arrayrecord.HighwayHash;
import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ByteStrings;
import dyno.engine.parquet.DoubleColumn;
import dyno.engine.parquet.LongColumn;
import dyno.engine.parquet.RowGroupReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/// Spills row groups: rows go to their bucket's buffer, full buffers to the row group's file as blocks.
///
/// A worker's own, used for one row group after the other. Keeps its buffers.
final class SpillWriter {

    private static final byte[] NOTHING = {};

    private final InputFiles files;
    private final Splitters splitters;
    private final Runnable check;
    private final int blockBytes;
    private final byte[][] buffers;
    private final int[] used;
    private final int[] rows;
    private final long[] micros = new long[ColumnLoad.MOST_ROWS];
    private SpillBlocks blocks = new SpillBlocks();
    private long position;

    SpillWriter(InputFiles files, Splitters splitters, int blockBytes, Runnable check) {
        this.files = files;
        this.splitters = splitters;
        this.check = check;
        this.blockBytes = blockBytes;
        this.buffers = new byte[splitters.buckets()][];
        Arrays.fill(buffers, NOTHING);
        this.used = new int[splitters.buckets()];
        this.rows = new int[splitters.buckets()];
    }

    /// Writes the rows of a row group to a new file.
    SpillBlocks spill(InputFiles.Part part, Path file) throws IOException {
        blocks = new SpillBlocks();
        position = 0;
        Arrays.fill(used, 0);
        Arrays.fill(rows, 0);
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            read(part, channel);
            for (int bucket = 0; bucket < buffers.length; bucket++) {
                flush(bucket, channel);
            }
        }
        return blocks;
    }

    private void read(InputFiles.Part part, FileChannel channel) throws IOException {
        var schema = files.schema(part.file());
        var reader = files.file(part.file())
                .rowGroup(
                        part.facts().index(),
                        List.of(
                                MeasurementSchema.TIME,
                                MeasurementSchema.SOURCE,
                                MeasurementSchema.DESTINATION,
                                MeasurementSchema.VERSION,
                                schema.rtt()));
        var times = reader.longs(MeasurementSchema.TIME);
        var versions = reader.longs(MeasurementSchema.VERSION);
        var rtts = reader.doubles(schema.rtt());
        var sources = new Texts(reader, reader.binaries(MeasurementSchema.SOURCE));
        var destinations = new Texts(reader, reader.binaries(MeasurementSchema.DESTINATION));
        long nullSource = 0;
        long nullTime = 0;
        for (int count = reader.next(ColumnLoad.MOST_ROWS); count > 0; count = reader.next(ColumnLoad.MOST_ROWS)) {
            check.run();
            int wrong = MicroTime.convert(schema.unit(), times.values(), times.from(), count, micros, 0);
            if (wrong >= 0) {
                throw InvalidInput.value(
                        reader.file(),
                        reader.row() + wrong - times.from(),
                        MeasurementSchema.TIME,
                        times.values()[wrong],
                        "is no time in microseconds");
            }
            sources.nextBatch();
            destinations.nextBatch();
            for (int i = 0; i < count; i++) {
                if (!sources.select(i)) {
                    nullSource++;
                } else if (times.hasNulls() && times.nulls()[times.from() + i]) {
                    nullTime++;
                } else {
                    destinations.select(i);
                    put(reader, i, sources, destinations, versions, rtts, channel);
                }
            }
        }
        blocks.dropped = new Dropped(nullSource, nullTime);
    }

    private void put(
            RowGroupReader reader,
            int row,
            Texts source,
            Texts destination,
            LongColumn versions,
            DoubleColumn rtts,
            FileChannel channel)
            throws IOException {
        int bucket = source.bucket();
        int bytes = SpilledRow.bytes(source.length, destination.length);
        if (used[bucket] + bytes > buffers[bucket].length) {
            makeRoom(bucket, bytes, channel);
        }
        byte[] to = buffers[bucket];
        int at = used[bucket];
        int v = versions.from() + row;
        int r = rtts.from() + row;
        boolean noVersion = versions.hasNulls() && versions.nulls()[v];
        boolean noRtt = rtts.hasNulls() && rtts.nulls()[r];
        long version = versions.values()[v];
        if (version != (byte) version) {
            throw InvalidInput.value(
                    reader.file(), reader.row() + row, MeasurementSchema.VERSION, version, "is not within -128 to 127");
        }
        to[at] = (byte) ((destination.length < 0 ? SpilledRow.NO_DESTINATION : 0)
                | (noVersion ? SpilledRow.NO_VERSION : 0)
                | (noRtt ? SpilledRow.NO_RTT : 0));
        Bytes.putLong(to, at + SpilledRow.TIME_AT, micros[row]);
        Bytes.putInt(to, at + SpilledRow.RTT_AT, Float.floatToRawIntBits((float) rtts.values()[r]));
        to[at + SpilledRow.VERSION_AT] = (byte) version;
        int next = source.put(to, at + SpilledRow.SOURCE_AT);
        if (destination.length >= 0) {
            destination.put(to, next);
        }
        used[bucket] = at + bytes;
        rows[bucket]++;
    }

    private void makeRoom(int bucket, int bytes, FileChannel channel) throws IOException {
        flush(bucket, channel);
        if (buffers[bucket].length < Math.max(bytes, blockBytes)) {
            buffers[bucket] = new byte[Math.max(bytes, blockBytes)];
        }
    }

    private void flush(int bucket, FileChannel channel) throws IOException {
        if (rows[bucket] == 0) {
            return;
        }
        byte[] data = buffers[bucket];
        int length = used[bucket];
        blocks.add(bucket, rows[bucket], position, length, HighwayHash.hash(data, 0, length));
        var buffer = ByteBuffer.wrap(data, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        position += length;
        used[bucket] = 0;
        rows[bucket] = 0;
    }

    /// A column's texts, one row's selected at a time; what holds for a dictionary's text is worked out once.
    private final class Texts {

        private final RowGroupReader reader;
        private final BinaryColumn column;
        private ByteStrings dictionary = new ByteStrings(NOTHING, new int[0], new int[0], 0);
        private int[] bucketOf = {};
        private boolean[] isValid = {};
        private int bucket;
        private byte[] bytes = NOTHING;
        private int from;

        /// Of the selected text; -1 where there is none.
        int length;

        Texts(RowGroupReader reader, BinaryColumn column) {
            this.reader = reader;
            this.column = column;
        }

        void nextBatch() {
            if (!column.isCoded() || dictionary == column.dictionary()) {
                return;
            }
            dictionary = column.dictionary();
            bucketOf = new int[dictionary.size()];
            isValid = new boolean[dictionary.size()];
            for (int i = 0; i < bucketOf.length; i++) {
                bucketOf[i] = splitters.bucket(dictionary, i);
                isValid[i] = Utf8Text.isValid(
                        dictionary.bytes(), dictionary.starts()[i], dictionary.lengths()[i]);
            }
        }

        /// @return whether the row has a text
        boolean select(int row) {
            int at = column.from() + row;
            boolean valid;
            if (column.isCoded()) {
                int code = column.codes()[at];
                if (code < 0) {
                    length = -1;
                    return false;
                }
                bytes = dictionary.bytes();
                from = dictionary.starts()[code];
                length = dictionary.lengths()[code];
                bucket = bucketOf[code];
                valid = isValid[code];
            } else {
                var strings = column.strings();
                length = strings.lengths()[at];
                if (length < 0) {
                    return false;
                }
                bytes = strings.bytes();
                from = strings.starts()[at];
                bucket = -1;
                valid = Utf8Text.isValid(bytes, from, length);
            }
            if (!valid) {
                throw InvalidInput.value(
                        reader.file(),
                        reader.row() + row,
                        column.name(),
                        Utf8Text.hex(bytes, from, length),
                        "(hex) is not UTF-8");
            }
            return true;
        }

        int bucket() {
            return bucket >= 0 ? bucket : splitters.bucket(bytes, from, length);
        }

        int put(byte[] to, int at) {
            Bytes.putInt(to, at, length);
            System.arraycopy(bytes, from, to, at + Integer.BYTES, length);
            return at + Integer.BYTES + length;
        }
    }
}
