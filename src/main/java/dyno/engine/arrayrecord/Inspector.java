package dyno.engine.arrayrecord;

import dyno.engine.arrayrecord.Inspection.Defect;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through a file from its first byte to its last: every header, hash, gap and padding, every record's size, and
/// whether the footer says what is there. Damage ends the look at its own chunk only. Used by one thread at a time.
public final class Inspector implements AutoCloseable {

    private static final int UNKNOWN = -1;

    private final FileChannel file;
    private final long bytes;
    private final RawChunk raw;
    private final SimpleChunkDecoder decoder = new SimpleChunkDecoder();
    private final List<Defect> defects = new ArrayList<>();
    private final Consumer<ChunkFacts> chunks;
    private final Consumer<BlockFacts> blocks;
    private @Nullable ChunkIndex index;
    private int nextChunk;

    private Inspector(FileChannel file, Consumer<ChunkFacts> chunks, Consumer<BlockFacts> blocks) throws IOException {
        this.file = file;
        this.bytes = file.size();
        this.raw = new RawChunk(file, bytes);
        this.chunks = chunks;
        this.blocks = blocks;
    }

    /// Looks at the whole of a file.
    public static Inspection inspect(Path file) throws IOException {
        return inspect(file, chunk -> {}, block -> {});
    }

    /// Looks at the whole of a file and tells what comes by, in the file's order.
    public static Inspection inspect(Path path, Consumer<ChunkFacts> chunks, Consumer<BlockFacts> blocks)
            throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ);
                var inspector = new Inspector(file, chunks, blocks)) {
            return inspector.run();
        }
    }

    private Inspection run() throws IOException {
        try {
            index = ChunkIndex.read(file, bytes);
        } catch (InvalidArrayRecordException e) {
            note(e);
        }
        long pos = 0;
        while (pos < bytes) {
            pos = look(pos);
        }
        while (index != null && nextChunk < index.chunks()) {
            noteMissing(index);
        }
        return new Inspection(bytes, defects);
    }

    /// @return where the next chunk begins
    private long look(long pos) throws IOException {
        try {
            raw.readHeader(pos, 0);
        } catch (InvalidArrayRecordException e) {
            note(e);
            return whereToGoOn(pos);
        }
        int chunk = claim(pos);
        long end = raw.end();
        var header = raw.header();
        var type = ChunkType.of(header.type()).map(t -> t.name().toLowerCase(Locale.ROOT));
        var compression = "";
        try {
            byte[] all = raw.unstripped();
            checkBlocks(all, pos, end);
            checkGap(all, pos, end);
            raw.readData();
            if (header.type() == ChunkType.SIMPLE.code()) {
                compression = compression();
                checkPlace(pos, chunk);
                decoder.decode(raw);
                checkPostscript(pos);
            } else {
                checkOther(pos, type.isPresent());
            }
        } catch (InvalidArrayRecordException e) {
            note(e);
        }
        chunks.accept(new ChunkFacts(
                pos,
                end,
                type.orElse("0x%02x".formatted(header.type())),
                header.records(),
                header.dataBytes(),
                header.decodedBytes(),
                compression));
        return end;
    }

    /// The next place that is known to begin a chunk.
    private long whereToGoOn(long pos) {
        if (index != null) {
            while (nextChunk < index.chunks() && index.offset(nextChunk) <= pos) {
                nextChunk++; // the one that is damaged was noted as such
            }
            if (index.offset(nextChunk) > pos) {
                return index.offset(nextChunk);
            }
        }
        long postscript = bytes - Blocks.BYTES;
        return pos < postscript ? postscript : bytes;
    }

    private void checkBlocks(byte[] all, long begin, long end) {
        for (long block = begin + Math.floorMod(-begin, (long) Blocks.BYTES); block < end; block += Blocks.BYTES) {
            int at = (int) (block - begin);
            long previous = LittleEndian.longAt(all, at + 8);
            long next = LittleEndian.longAt(all, at + 16);
            blocks.accept(new BlockFacts(block, previous, next));
            require(
                    LittleEndian.longAt(all, at) == HighwayHash.hash(all, at + 8, Blocks.HEADER_BYTES - 8),
                    block,
                    "Block header is damaged: its hash differs");
            require(
                    previous == block - begin && next == end - block,
                    block,
                    "Block header says (%d, %d), but should say (%d, %d)",
                    previous,
                    next,
                    block - begin,
                    end - block);
        }
    }

    /// A chunk that has more records than bytes is followed by zeros.
    private void checkGap(byte[] all, long begin, long end) {
        for (long i = Extent.dataEnd(begin, ChunkHeader.BYTES + raw.header().dataBytes()); i < end; i++) {
            if (i % Blocks.BYTES >= Blocks.HEADER_BYTES && all[(int) (i - begin)] != 0) {
                throw new InvalidArrayRecordException(begin, "Gap holds a byte that is not 0, at %d".formatted(i));
            }
        }
    }

    private String compression() {
        var data = raw.data();
        if (data.length() == 0) {
            return "";
        }
        int code = data.bytes()[data.from()] & 0xff;
        return switch (code) {
            case SimpleChunkDecoder.NO_COMPRESSION -> "none";
            case SimpleChunkDecoder.ZSTD -> "zstd";
            case SimpleChunkDecoder.SNAPPY -> "snappy";
            case SimpleChunkDecoder.BROTLI -> "brotli";
            default -> "0x%02x".formatted(code);
        };
    }

    /// The number under which the footer knows the chunk at `pos`, or -1; notes those that should have come before.
    private int claim(long pos) {
        var known = index;
        if (known == null) {
            return UNKNOWN;
        }
        while (nextChunk < known.chunks() && known.offset(nextChunk) < pos) {
            noteMissing(known);
        }
        return nextChunk < known.chunks() && known.offset(nextChunk) == pos ? nextChunk++ : UNKNOWN;
    }

    private void noteMissing(ChunkIndex known) {
        note(new InvalidArrayRecordException(
                known.offset(nextChunk),
                "No chunk begins where the footer says that number %d does".formatted(nextChunk)));
        nextChunk++;
    }

    /// Whether the footer says of a chunk what its header says. Footer and postscript are where they were found.
    private void checkPlace(long pos, int chunk) {
        var known = index;
        if (known == null || pos == known.footerOffset() || pos == bytes - Blocks.BYTES) {
            return;
        }
        require(chunk != UNKNOWN, pos, "The footer does not know this chunk");
        var header = raw.header();
        require(
                known.recordsOf(chunk) == header.records() && known.decodedBytes(chunk) == header.decodedBytes(),
                pos,
                "Chunk has %d records of %d bytes, but the footer says %d of %d",
                header.records(),
                header.decodedBytes(),
                known.recordsOf(chunk),
                known.decodedBytes(chunk));
    }

    /// Three equal records, of which only the first was read to find the footer.
    private void checkPostscript(long pos) {
        if (pos != bytes - Blocks.BYTES) {
            return;
        }
        require(decoder.records() == 3, pos, "Postscript has %d records, not 3", decoder.records());
        byte[] all = decoder.bytes();
        for (int i = 1; i < 3; i++) {
            require(
                    java.util.Arrays.equals(
                            all,
                            decoder.recordFrom(0),
                            decoder.recordFrom(0) + decoder.recordLength(0),
                            all,
                            decoder.recordFrom(i),
                            decoder.recordFrom(i) + decoder.recordLength(i)),
                    pos,
                    "Postscript's records differ");
        }
    }

    private void checkOther(long pos, boolean isKnown) {
        int type = raw.header().type();
        require(isKnown, pos, "Chunk type 0x%02x is unknown", type);
        require(
                (type == ChunkType.SIGNATURE.code()) == (pos == 0),
                pos,
                "A file begins with a signature and has no other");
        if (type == ChunkType.TRANSPOSED.code()) {
            throw new UnsupportedArrayRecordException(pos, "a transposed chunk");
        }
        if (type == ChunkType.METADATA.code()) {
            return;
        }
        var data = raw.data();
        require(
                raw.header().records() == 0
                        && raw.header().decodedBytes() == 0
                        && (type == ChunkType.PADDING.code() || data.length() == 0),
                pos,
                "Signature or padding holds something");
        for (int i = 0; i < data.length(); i++) {
            if (data.bytes()[data.from() + i] != 0) {
                throw new InvalidArrayRecordException(pos, "Padding holds a byte that is not 0");
            }
        }
    }

    private static void require(boolean holds, long offset, String otherwise, Object... values) {
        if (!holds) {
            throw new InvalidArrayRecordException(offset, otherwise.formatted(values));
        }
    }

    private void note(InvalidArrayRecordException e) {
        var defect = new Defect(e.offset(), String.valueOf(e.getMessage()));
        // The footer is read twice: to know it, and in its place.
        if (defects.size() < Inspection.MOST_DEFECTS && !defects.contains(defect)) {
            defects.add(defect);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
