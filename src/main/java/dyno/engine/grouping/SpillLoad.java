package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.arrayrecord.HighwayHash;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Loads a bucket's rows of one row group into columns. A worker's own; keeps its memory.
///
/// Texts are numbered here first and then, once each, in the columns' tables: workers meet there seldom.
final class SpillLoad {

    private final AddressTable sources = new AddressTable();
    private final AddressTable destinations = new AddressTable();
    private byte[] block = new byte[1 << 12];

    /// Loads some of a row group's blocks.
    ///
    /// @param end      index past the last block that is looked at
    /// @param firstRow where the rows begin in `columns`
    /// @throws EngineException where a block's hash is not what was noted when it was written
    void load(Path file, SpillBlocks blocks, int from, int end, int bucket, InputColumns columns, int firstRow)
            throws IOException {
        sources.clear();
        destinations.clear();
        int row = firstRow;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int i = from; i < end; i++) {
                if (blocks.bucket(i) == bucket) {
                    read(channel, file, blocks, i);
                    parse(blocks.rows(i), columns, row);
                    row += blocks.rows(i);
                }
            }
        }
        renumber(sources, columns.sourceTable, columns.sources, firstRow, row);
        renumber(destinations, columns.destinationTable, columns.destinations, firstRow, row);
    }

    private void read(FileChannel channel, Path file, SpillBlocks blocks, int index) throws IOException {
        block = read(channel, file, blocks, index, block);
        if (HighwayHash.hash(block, 0, blocks.length(index)) != blocks.hash(index)) {
            throw new EngineException(
                    FailureCode.ENGINE_ERROR,
                    "Block at byte %d of spill file %s was changed since it was written"
                            .formatted(blocks.offset(index), file.getFileName()));
        }
    }

    static byte[] read(FileChannel channel, Path file, SpillBlocks blocks, int index, byte[] room) throws IOException {
        int length = blocks.length(index);
        byte[] into = room.length >= length ? room : new byte[length];
        var buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, blocks.offset(index) + buffer.position()) < 0) {
                throw new EOFException("Spill file %s ends early".formatted(file.getFileName()));
            }
        }
        return into;
    }

    private void parse(int rows, InputColumns columns, int firstRow) {
        byte[] from = block;
        int at = 0;
        for (int row = firstRow; row < firstRow + rows; row++) {
            int flags = from[at];
            columns.timeMicros[row] = Bytes.longAt(from, at + SpilledRow.TIME_AT);
            columns.rtts[row] = Float.intBitsToFloat(Bytes.intAt(from, at + SpilledRow.RTT_AT));
            columns.ipVersions[row] = from[at + SpilledRow.VERSION_AT];
            at += SpilledRow.SOURCE_AT;
            int length = Bytes.intAt(from, at);
            columns.sources[row] = sources.intern(from, at + Integer.BYTES, length);
            at += Integer.BYTES + length;
            if ((flags & SpilledRow.NO_DESTINATION) == 0) {
                length = Bytes.intAt(from, at);
                columns.destinations[row] = destinations.intern(from, at + Integer.BYTES, length);
                at += Integer.BYTES + length;
            } else {
                columns.destinations[row] = MeasurementColumns.NO_ADDRESS;
            }
            if ((flags & SpilledRow.NO_VERSION) != 0) {
                columns.noVersion()[row] = true;
            }
            if ((flags & SpilledRow.NO_RTT) != 0) {
                columns.noRtt()[row] = true;
            }
        }
    }

    private static void renumber(AddressTable local, AddressTable all, int[] codes, int from, int end) {
        int[] numbers = new int[local.size()];
        var texts = local.addresses();
        synchronized (all) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = all.intern(texts.bytes(), texts.offsets()[i], texts.length(i));
            }
        }
        for (int row = from; row < end; row++) {
            if (codes[row] >= 0) {
                codes[row] = numbers[codes[row]];
            }
        }
    }
}
