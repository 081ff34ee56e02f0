package dyno.engine.grouping;

import dyno.engine.arrayrecord.HighwayHash;
import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ByteStrings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Spills row groups: rows go to their bucket's buffer, full buffers to the row group's file as blocks.
///
/// A worker's own, used for one row group after the other. Keeps its buffers.
final class SpillWriter {

    private static final byte[] NOTHING = {};

    private final InputFiles files;
    private final Splitters splitters;
    private final FileMaker maker;
    private final Runnable check;
    private final int blockBytes;
    private final byte[][] buffers;
    private final int[] used;
    private final int[] rows;
    private final long[] micros = new long[ColumnLoad.MOST_ROWS];
    private SpillBlocks blocks = new SpillBlocks();
    private long position;

    SpillWriter(Invocation run, InputFiles files, Splitters splitters, int blockBytes) {
        this.files = files;
        this.splitters = splitters;
        this.maker = run.maker;
        this.check = run.stage::check;
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
        Files.deleteIfExists(file);
        try (var channel = maker.create(file)) {
            read(part, channel);
            for (int bucket = 0; bucket < buffers.length; bucket++) {
                flush(bucket, channel);
            }
        }
        return blocks;
    }

    private void read(InputFiles.Part part, WritableByteChannel channel) throws IOException {
        var batch = new PartRows(files, part, micros);
        var sources = new Texts(batch, batch.sources);
        var destinations = new Texts(batch, batch.destinations);
        long nullSource = 0;
        long nullTime = 0;
        for (int count = batch.next(); count > 0; count = batch.next()) {
            check.run();
            sources.nextBatch();
            destinations.nextBatch();
            for (int i = 0; i < count; i++) {
                if (!sources.select(i)) {
                    nullSource++;
                } else if (batch.noTime(i)) {
                    nullTime++;
                } else {
                    destinations.select(i);
                    put(batch, i, sources, destinations, channel);
                }
            }
        }
        blocks.dropped = new Dropped(nullSource, nullTime);
    }

    private void put(PartRows batch, int row, Texts source, Texts destination, WritableByteChannel channel)
            throws IOException {
        int bucket = source.bucket();
        int bytes = SpilledRow.bytes(source.length, destination.length);
        if (used[bucket] + bytes > buffers[bucket].length) {
            makeRoom(bucket, bytes, channel);
        }
        byte[] to = buffers[bucket];
        int at = used[bucket];
        to[at] = (byte) ((destination.length < 0 ? SpilledRow.NO_DESTINATION : 0)
                | (batch.noVersion(row) ? SpilledRow.NO_VERSION : 0)
                | (batch.noRtt(row) ? SpilledRow.NO_RTT : 0));
        Bytes.putLong(to, at + SpilledRow.TIME_AT, batch.micros(row));
        Bytes.putInt(to, at + SpilledRow.RTT_AT, Float.floatToRawIntBits(batch.rtt(row)));
        to[at + SpilledRow.VERSION_AT] = batch.version(row);
        int next = source.put(to, at + SpilledRow.SOURCE_AT);
        if (destination.length >= 0) {
            destination.put(to, next);
        }
        used[bucket] = at + bytes;
        rows[bucket]++;
    }

    private void makeRoom(int bucket, int bytes, WritableByteChannel channel) throws IOException {
        flush(bucket, channel);
        if (buffers[bucket].length < Math.max(bytes, blockBytes)) {
            buffers[bucket] = new byte[Math.max(bytes, blockBytes)];
        }
    }

    private void flush(int bucket, WritableByteChannel channel) throws IOException {
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

        private final PartRows batch;
        private final BinaryColumn column;
        private ByteStrings dictionary = new ByteStrings(NOTHING, new int[0], new int[0], 0);
        private int[] bucketOf = {};
        private boolean[] isValid = {};
        private int bucket;
        private byte[] bytes = NOTHING;
        private int from;

        /// Of the selected text; -1 where there is none.
        int length;

        Texts(PartRows batch, BinaryColumn column) {
            this.batch = batch;
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
                throw batch.invalid(row, column.name(), Utf8Text.hex(bytes, from, length), "(hex) is not UTF-8");
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
