package dyno.engine.marc;

/// Output that nobody keeps.
final class DiscardedOutput extends FileOutput {

    @Override
    OutputSink part(int number) {
        return OutputSink.DISCARD;
    }

    @Override
    void append(byte[] literal) {}

    @Override
    void append(int part, long partBytes) {}

    @Override
    void finish() {}

    @Override
    public void close() {}
}
