package dyno.engine.marc;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.marc.Digests.Piece;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a child process found out.
///
/// @param result      of its file
/// @param outputBytes header and footer included
/// @param writeNanos  spent on writing
/// @param pieces      of its output, where digests were asked for
record ChildAnswer(PartResult result, long outputBytes, long writeNanos, List<Piece> pieces) {

    void write(DataOutput out) throws IOException {
        out.writeBoolean(true);
        for (long value : result.totals().values()) {
            out.writeLong(value);
        }
        result.log().write(out);
        out.writeLong(result.end());
        out.writeBoolean(result.stop() != null);
        if (result.stop() != null) {
            result.stop().write(out);
        }
        out.writeLong(result.busyNanos());
        out.writeLong(result.allocatedBytes());
        out.writeLong(outputBytes);
        out.writeLong(writeNanos);
        out.writeInt(pieces.size());
        for (var piece : pieces) {
            out.writeLong(piece.bytes());
            out.writeUTF(piece.sha256());
        }
    }

    static void writeFailure(DataOutput out, EngineException failure) throws IOException {
        out.writeBoolean(false);
        out.writeUTF(failure.code().name());
        out.writeUTF(String.valueOf(failure.getMessage()));
    }

    /// @throws EngineException where the child failed for a reason that it could name
    static ChildAnswer read(DataInput in, int keepErrors) throws IOException {
        if (!in.readBoolean()) {
            throw new EngineException(FailureCode.valueOf(in.readUTF()), in.readUTF());
        }
        long[] values = new Totals().values();
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        var log = ErrorLog.read(in, keepErrors);
        long end = in.readLong();
        var stop = in.readBoolean() ? MarcError.read(in) : null;
        var result = new PartResult(Totals.of(values), log, end, stop, in.readLong(), in.readLong());
        long outputBytes = in.readLong();
        long writeNanos = in.readLong();
        var pieces = new ArrayList<Piece>();
        for (int left = in.readInt(); left > 0; left--) {
            pieces.add(new Piece(in.readLong(), in.readUTF()));
        }
        return new ChildAnswer(result, outputBytes, writeNanos, pieces);
    }
}
