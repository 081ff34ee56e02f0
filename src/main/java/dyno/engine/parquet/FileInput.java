package dyno.engine.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file as a [RangedInput].
final class FileInput implements RangedInput {

    private final String name;
    private final FileChannel channel;
    private final long size;

    FileInput(Path file) throws IOException {
        this.name = String.valueOf(file.getFileName());
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] into, int from, int length) throws IOException {
        var buffer = ByteBuffer.wrap(into, from, length);
        while (buffer.hasRemaining()) {
            long at = position + buffer.position() - from;
            if (channel.read(buffer, at) < 0) {
                throw new EOFException("%s ends at byte %d, expected %d".formatted(name, at, position + length));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
