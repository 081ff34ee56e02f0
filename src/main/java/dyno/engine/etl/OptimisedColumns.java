package dyno.engine.etl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A batch of optimised users as columns: one array a number, and one byte area that holds both texts of a row one
/// after the other.
///
/// ```text
/// id          long     8 bytes a row     activityCount           short  2
/// profileBits long     8                 transactionCount        short  2
/// dataHash    long     8                 messageCount            short  2
/// textEnd     int      4                 socialConnectionsCount  short  2
/// age         byte     1                 locationId              byte   1
/// text        u{id}u{id}@e.com           8 + 2 × digits of the id
/// ```
///
/// Belongs to one thread at a time; while it waits in the pool of empty buffers nobody may read it. With assertions
/// on, [#clear] poisons what it held, so that a read after the return shows.
final class OptimisedColumns extends Batch {

    /// Numbers of one row.
    static final int FIXED_BYTES = 3 * 8 + 4 + 4 * 2 + 2;

    /// Writes of eight bytes may run past the end of the last text.
    private static final int SLACK = 16;

    private static final long HASH_FACTOR = 0x517CC1B727220A95L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// `@e.com` as the low six bytes.
    private static final long DOMAIN = 0x6d6f632e6540L;

    private static final int DOMAIN_BYTES = 6;

    private final long[] id;
    private final long[] profileBits;
    private final long[] dataHash;
    private final int[] textEnd;
    private final short[] activityCount;
    private final short[] transactionCount;
    private final short[] messageCount;
    private final short[] socialConnectionsCount;
    private final byte[] age;
    private final byte[] locationId;
    private final byte[] digits = new byte[Long.BYTES * 4];
    private byte[] text;
    private int size;
    private long inputBytes;

    OptimisedColumns(int capacity) {
        this.id = new long[capacity];
        this.profileBits = new long[capacity];
        this.dataHash = new long[capacity];
        this.textEnd = new int[capacity];
        this.activityCount = new short[capacity];
        this.transactionCount = new short[capacity];
        this.messageCount = new short[capacity];
        this.socialConnectionsCount = new short[capacity];
        this.age = new byte[capacity];
        this.locationId = new byte[capacity];
        // Ids up to 10^9 need 28 bytes a row; larger ones make the area grow.
        this.text = new byte[capacity * 28 + SLACK];
    }

    int capacity() {
        return id.length;
    }

    /// Appends the records `firstId` to `firstId + count - 1`.
    ///
    /// @param draws  the stream of the seed
    /// @param count  at most what there is room for
    /// @param budget canonical bytes that may be in the batch afterwards; the batch's first record always fits
    /// @return records appended; fewer than `count` where the next would exceed the budget
    int append(DrawStream draws, long firstId, int count, long budget) {
        int row = size;
        int end = size + count;
        int at = row == 0 ? 0 : textEnd[row - 1];
        reserveText(at, count, firstId + count);
        long bytes = inputBytes;
        byte[] area = text;
        for (; row < end; row++) {
            long user = firstId + (row - size);
            long start = draws.start(user);
            int transactions = DrawStream.integer(start, 5, 5, 50);
            int messages = DrawStream.integer(start, 6, 1, 20);
            int connections = DrawStream.integer(start, 7, 10, 500);
            int idDigits = Decimal.digits(user);
            int length = OptimisedKind.inputBytes(idDigits, transactions, messages, connections);
            if (bytes + length > budget && row > 0) {
                break;
            }
            bytes += length;
            id[row] = user;
            age[row] = (byte) DrawStream.integer(start, 1, 18, 80);
            locationId[row] = (byte) DrawStream.integer(start, 2, 0, 10);
            profileBits[row] = DrawStream.draw(start, 3);
            activityCount[row] = (short) DrawStream.integer(start, 4, 10, 100);
            transactionCount[row] = (short) transactions;
            messageCount[row] = (short) messages;
            socialConnectionsCount[row] = (short) connections;
            dataHash[row] = user * HASH_FACTOR;
            at = writeText(area, at, user, idDigits);
            textEnd[row] = at;
        }
        int appended = row - size;
        size = row;
        inputBytes = bytes;
        return appended;
    }

    /// `u{id}u{id}@e.com`, the digits worked out once.
    private int writeText(byte[] area, int at, long user, int idDigits) {
        Decimal.write(digits, 0, user);
        area[at] = 'u';
        int second = at + 1 + idDigits;
        int end = second + 1 + idDigits;
        if (idDigits <= Long.BYTES) {
            // Eight bytes at once run over what follows, which is written afterwards.
            long all = (long) LONGS.get(digits, 0);
            LONGS.set(area, at + 1, all);
            area[second] = 'u';
            LONGS.set(area, second + 1, all);
        } else {
            System.arraycopy(digits, 0, area, at + 1, idDigits);
            area[second] = 'u';
            System.arraycopy(digits, 0, area, second + 1, idDigits);
        }
        LONGS.set(area, end, DOMAIN);
        return end + DOMAIN_BYTES;
    }

    private void reserveText(int at, int count, long lastId) {
        int rowBytes = 2 + DOMAIN_BYTES + 2 * Decimal.digits(lastId);
        int needed = Math.addExact(at, Math.multiplyExact(count, rowBytes)) + SLACK;
        if (needed > text.length) {
            text = Arrays.copyOf(text, Math.max(needed, id.length * rowBytes + SLACK));
        }
    }

    byte[] text() {
        return text;
    }

    int usernameOffset(int row) {
        return row == 0 ? 0 : textEnd[row - 1];
    }

    int usernameLength(int row) {
        return (textEnd[row] - usernameOffset(row) - DOMAIN_BYTES) / 2;
    }

    int emailOffset(int row) {
        return usernameOffset(row) + usernameLength(row);
    }

    int emailLength(int row) {
        return textEnd[row] - emailOffset(row);
    }

    int age(int row) {
        return age[row];
    }

    int locationId(int row) {
        return locationId[row];
    }

    long profileBits(int row) {
        return profileBits[row];
    }

    int activityCount(int row) {
        return activityCount[row];
    }

    int transactionCount(int row) {
        return transactionCount[row];
    }

    int messageCount(int row) {
        return messageCount[row];
    }

    int socialConnectionsCount(int row) {
        return socialConnectionsCount[row];
    }

    long dataHash(int row) {
        return dataHash[row];
    }

    /// Bytes of the buffers that the rows use.
    long usedBytes() {
        return size == 0 ? 0 : (long) size * FIXED_BYTES + textEnd[size - 1];
    }

    @Override
    int size() {
        return size;
    }

    @Override
    long id(int row) {
        return id[row];
    }

    @Override
    long inputBytes() {
        return inputBytes;
    }

    @Override
    void appendInput(int row, LineBuffer to) {
        OptimisedKind.appendInput(this, row, to);
    }

    @Override
    void clear() {
        assert poison();
        size = 0;
        inputBytes = 0;
    }

    private boolean poison() {
        Arrays.fill(id, 0, size, 0xDEADDEADDEADDEADL);
        Arrays.fill(dataHash, 0, size, 0xDEADDEADDEADDEADL);
        Arrays.fill(activityCount, 0, size, (short) -1);
        Arrays.fill(text, (byte) '#');
        return true;
    }
}
