package dyno.engine.aggregation;

import dyno.engine.parquet.RangedInput;
import java.io.EOFException;
import java.io.IOException;

/// An object's bytes, read in blocks: pages are smaller than what is worth a request. Safe for any
/// number of threads.
final class S3Input implements RangedInput {

    private final S3File file;

    S3Input(S3File file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.bytes();
    }

    @Override
    public void read(long position, byte[] into, int from, int length) throws IOException {
        if (position + length > size()) {
            throw new EOFException(
                    "%s ends at byte %d, expected %d".formatted(file.place(), size(), position + length));
        }
        int done = 0;
        while (done < length) {
            long at = position + done;
            long index = at / S3Blocks.BLOCK_BYTES;
            byte[] block = block(index);
            int offset = (int) (at - index * S3Blocks.BLOCK_BYTES); // less than a block
            int count = Math.min(length - done, block.length - offset);
            System.arraycopy(block, offset, into, from + done, count);
            done += count;
        }
    }

    private byte[] block(long index) throws IOException {
        var blocks = file.store().blocks();
        var known = blocks.find(this, index);
        if (known != null) {
            return known;
        }
        long begin = index * S3Blocks.BLOCK_BYTES;
        int length = (int) Math.min(S3Blocks.BLOCK_BYTES, size() - begin); // BLOCK_BYTES bounds it
        byte[] read = file.store().read(file, begin, length);
        blocks.add(this, index, read);
        return read;
    }

    @Override
    public void close() {
        file.store().blocks().forget(this);
    }
}
