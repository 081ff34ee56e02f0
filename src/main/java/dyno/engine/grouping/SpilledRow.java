package dyno.engine.grouping;

/// A row as it is spilled. Stateless.
///
/// ```text
/// flags u8 │ int64 µs │ float32 rtt │ int8 ip_version │ int32 length │ src_addr │ int32 length │ dst_addr
/// ```
///
/// little endian; the last two are missing where `dst_addr` is null.
final class SpilledRow {

    static final int NO_DESTINATION = 1;
    static final int NO_VERSION = 2;
    static final int NO_RTT = 4;

    static final int TIME_AT = 1;
    static final int RTT_AT = 9;
    static final int VERSION_AT = 13;
    static final int SOURCE_AT = 14;

    private SpilledRow() {}

    static int bytes(int sourceLength, int destinationLength) {
        return SOURCE_AT
                + Integer.BYTES
                + sourceLength
                + (destinationLength < 0 ? 0 : Integer.BYTES + destinationLength);
    }
}
