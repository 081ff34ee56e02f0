package dyno.engine.grouping;

import dyno.engine.kernel.Sha256;
import java.util.Arrays;

/// SHA-256 over a file's probes and their rows, whatever the chunks, parts and Arrow messages they come in.
///
/// ```text
/// probe  int32 length · address · int64 src_id · int32 rows
/// row    int64 µs · int32 length of dst_addr, −1 for null · its bytes · int8 ip_version · float32 rtt
/// ```
///
/// little endian. Used by one thread at a time.
final class ContentDigest {

    private static final int NULL_RTT = 0x7fc00000;
    private static final int ROW_BYTES = 8 + 4 + 1 + 4;

    private final Sha256 sha = new Sha256();
    private byte[] buffer = new byte[1 << 14];

    /// Begins a probe.
    ///
    /// @param rows of all its records together
    void probe(byte[] bytes, int from, int length, long sourceId, int rows) {
        room(length + 16);
        Bytes.putInt(buffer, 0, length);
        System.arraycopy(bytes, from, buffer, 4, length);
        Bytes.putLong(buffer, 4 + length, sourceId);
        Bytes.putInt(buffer, 12 + length, rows);
        sha.update(buffer, 0, 16 + length);
    }

    /// Adds a record's rows.
    void rows(ProbeRecord record) {
        byte[] source = record.bytes();
        int at = 0;
        for (int row = 0; row < record.rows(); row++) {
            int length = record.dstLength(row);
            if (at + ROW_BYTES + Math.max(0, length) > buffer.length) {
                sha.update(buffer, 0, at);
                at = 0;
                room(ROW_BYTES + length);
            }
            Bytes.putLong(buffer, at, record.timeMicros(row));
            Bytes.putInt(buffer, at + 8, length);
            at += 12;
            if (length > 0) {
                System.arraycopy(source, record.dstFrom(row), buffer, at, length);
                at += length;
            }
            buffer[at] = record.isVersionNull(row) ? 0 : record.ipVersion(row);
            int rtt = record.isRttNull(row) ? NULL_RTT : Float.floatToIntBits(record.rtt(row));
            Bytes.putInt(buffer, at + 1, rtt);
            at += 5;
        }
        sha.update(buffer, 0, at);
    }

    /// 64 hex digits; starts anew afterwards.
    String hex() {
        return sha.hex();
    }

    private void room(int bytes) {
        if (buffer.length < bytes) {
            buffer = Arrays.copyOf(buffer, 2 * bytes);
        }
    }
}
