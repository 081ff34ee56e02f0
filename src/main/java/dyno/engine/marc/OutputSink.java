package dyno.engine.marc;

import java.io.IOException;

/// Where serialised bytes end up.
interface OutputSink {

    /// Reused buffers: nothing is kept.
    OutputSink DISCARD = (bytes, count) -> {};

    /// Takes the first `count` bytes; they are only valid during the call.
    void accept(byte[] bytes, int count) throws IOException;
}
