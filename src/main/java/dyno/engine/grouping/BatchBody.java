package dyno.engine.grouping;

import static dyno.engine.grouping.RecordTemplates.BODY_LENGTH_AT;
import static dyno.engine.grouping.RecordTemplates.BUFFERS_AT;

/// Where the buffers of a batch's columns lie: one behind the other, each padded to eight bytes with zeros, and noted
/// by offset and length in the batch's message before them.
///
/// ```text
///  message … │ (offset, length) … │ 0, nodes │ (rows, nulls) … │  body: buffer ▒ buffer buffer ▒▒ …
/// ```
///
/// Keeps its place between calls; allocates nothing. Used by one thread at a time.
final class BatchBody {

    private int bufferAt;
    private int nodeAt;
    private int from;

    /// Index in the target at which the next buffer begins.
    int pos;

    /// Begins a batch.
    ///
    /// @param message    where its message begins, which holds all that is constant already
    /// @param body       where its body begins
    /// @param bodyLength its length, padding included
    /// @param nodesAt    where its list of nodes begins
    void begin(byte[] target, int message, int body, long bodyLength, int nodesAt) {
        Bytes.putLong(target, message + BODY_LENGTH_AT, bodyLength);
        bufferAt = message + BUFFERS_AT;
        nodeAt = nodesAt;
        from = body;
        pos = body;
    }

    /// Notes a buffer of `length` bytes that were written to [#pos], and pads it.
    void buffer(byte[] target, int length) {
        int end = pos + length;
        note(target, length);
        for (int i = end; i < pos; i++) {
            target[i] = 0;
        }
    }

    /// Notes a buffer of `length` bytes at [#pos], and goes on behind its padding, which somebody else writes.
    void note(byte[] target, int length) {
        Bytes.putLong(target, bufferAt, pos - from);
        Bytes.putLong(target, bufferAt + 8, length);
        bufferAt += 16;
        pos = from + (int) RecordSize.padded(pos - from + length); // a record's length is an int
    }

    /// Ends the list of buffers: what follows in the message is how many nodes there are.
    void endBuffers(byte[] target, int nodes) {
        Bytes.putInt(target, bufferAt, 0);
        Bytes.putInt(target, bufferAt + 4, nodes);
    }

    /// Notes the next column's rows and nulls.
    void node(byte[] target, int rows, int nulls) {
        Bytes.putLong(target, nodeAt, rows);
        Bytes.putLong(target, nodeAt + 8, nulls);
        nodeAt += 16;
    }
}
