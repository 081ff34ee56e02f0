package dyno.engine.arrayrecord;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Takes everything and keeps nothing.
final class NullChannel implements WritableByteChannel {

    @Override
    public int write(ByteBuffer bytes) {
        int count = bytes.remaining();
        bytes.position(bytes.limit());
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
