package dyno.engine.grouping;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Disks that a trial writes to.
final class Disks {

    private Disks() {}

    /// Whether a file is one that output is written to, under its temporary name.
    static boolean isOutput(Path path) {
        return path.getFileName().toString().endsWith(".arrayrecord.tmp");
    }

    /// A disk with room for so many bytes, in all files together.
    static FileMaker withRoomFor(long bytes) {
        var room = new AtomicLong(bytes);
        return path -> limited(FileMaker.DISK.create(path), room);
    }

    private static WritableByteChannel limited(WritableByteChannel file, AtomicLong room) {
        return new WritableByteChannel() {

            @Override
            public int write(ByteBuffer source) throws IOException {
                // As a disk does, it takes what still fits before it is full.
                long before = room.getAndAdd(-source.remaining());
                if (before >= source.remaining()) {
                    return file.write(source);
                }
                if (before > 0) {
                    file.write(source.slice(source.position(), (int) before));
                }
                throw new IOException("No space left on device");
            }

            @Override
            public boolean isOpen() {
                return file.isOpen();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
