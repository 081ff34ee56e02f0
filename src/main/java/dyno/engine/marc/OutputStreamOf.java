package dyno.engine.marc;

import java.io.IOException;
import java.io.OutputStream;

/// Lets the peer's writers write to the outputs that ours write to. Used by one thread at a time.
final class OutputStreamOf extends OutputStream {

    private final Output output;

    OutputStreamOf(Output output) {
        this.output = output;
    }

    @Override
    public void write(int b) throws IOException {
        output.put((byte) b);
        output.flushIfFull();
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        output.put(bytes, from, length);
        output.flushIfFull();
    }
}
