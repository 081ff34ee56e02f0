package dyno.engine.grouping;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/// Records as Arrow Java serialises them, column by column.
final class ArrowRecords {

    static final Schema NESTED = new Schema(List.of(
            field("event_time", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
            field("src_addr", new ArrowType.Utf8()),
            field("dst_addr", new ArrowType.Utf8()),
            field("ip_version", new ArrowType.Int(8, true)),
            field("rtt", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE))));

    static final Schema OUTER = new Schema(List.of(
            field("src_id", new ArrowType.Int(64, true)),
            field("measurements", new ArrowType.Binary()),
            field("n_measurements", new ArrowType.Int(32, true)),
            field("time_span_seconds", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
            field("first_timestamp", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
            field("last_timestamp", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null))));

    private ArrowRecords() {}

    static byte[] schemaMessage(Schema schema) {
        var bytes = new ByteArrayOutputStream();
        try {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A stream of one batch.
    ///
    /// @param buffers of all columns in order, the absent ones empty
    static byte[] stream(Schema schema, int rows, List<Integer> nulls, List<byte[]> buffers) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(schemaMessage(schema));
        bytes.writeBytes(batch(rows, nulls, buffers));
        bytes.writeBytes(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] batch(int rows, List<Integer> nulls, List<byte[]> buffers) {
        var bytes = new ByteArrayOutputStream();
        var channel = new WriteChannel(Channels.newChannel(bytes));
        var nodes = nulls.stream().map(count -> new ArrowFieldNode(rows, count)).toList();
        var arrow = new ArrayList<ArrowBuf>();
        try (var allocator = new RootAllocator()) {
            buffers.forEach(buffer -> arrow.add(copy(allocator, buffer)));
            try (var batch = new ArrowRecordBatch(rows, nodes, arrow)) {
                MessageSerializer.serialize(channel, batch);
            } finally {
                arrow.forEach(ArrowBuf::close);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ArrowBuf copy(BufferAllocator allocator, byte[] bytes) {
        var buffer = allocator.buffer(bytes.length);
        buffer.writeBytes(bytes);
        return buffer;
    }

    private static Field field(String name, ArrowType type) {
        return new Field(name, FieldType.nullable(type), null);
    }
}
