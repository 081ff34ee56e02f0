package dyno.engine.parquet;

import java.io.IOException;

/// The same bytes under a name of the caller's, which messages then give.
///
/// @param input closed with this
record NamedInput(String name, RangedInput input) implements RangedInput {

    @Override
    public long size() {
        return input.size();
    }

    @Override
    public void read(long position, byte[] into, int from, int length) throws IOException {
        input.read(position, into, from, length);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
