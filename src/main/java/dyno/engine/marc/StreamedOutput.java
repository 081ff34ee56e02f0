package dyno.engine.marc;

import java.io.IOException;

/// Output that comes by in its order: header, the only part, footer.
final class StreamedOutput extends FileOutput {

    private final OutputSink sink;
    private final byte[] header;
    private boolean headerIsOut;

    StreamedOutput(OutputSink sink, byte[] header) {
        this.sink = sink;
        this.header = header;
    }

    @Override
    OutputSink part(int number) throws IOException {
        if (number != 0) {
            throw new IllegalArgumentException("There is one part, not a part %d".formatted(number));
        }
        if (header.length > 0) {
            sink.accept(header, header.length);
        }
        return sink;
    }

    @Override
    void append(byte[] literal) throws IOException {
        if (!headerIsOut && header.length > 0) {
            headerIsOut = true;
        } else {
            sink.accept(literal, literal.length);
        }
    }

    @Override
    void append(int part, long partBytes) {}

    @Override
    void finish() {}

    @Override
    public void close() {}
}
