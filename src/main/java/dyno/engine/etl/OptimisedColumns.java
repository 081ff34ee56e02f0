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

    static final long HASH_FACTOR = 0x517CC1B727220A95L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// `@e.com` as the low six bytes.
    private static final long DOMAIN = 0x6d6f632e6540L;

    private static final int DOMAIN_BYTES = 6;

    private final long[] id;
    private final long[] profileBits;

    /// What the draws of a row start from; only while rows are made.
    private final long[] start;
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
        this.start = new long[capacity];
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

    /// Appends the records `firstId` to `firstId + count - 1`.
    ///
    /// @param draws  the stream of the seed
    /// @param count  at most what there is room for
    /// @param budget canonical bytes that may be in the batch afterwards; the batch's first record always fits
    /// @return records appended; fewer than `count` where the next would exceed the budget
    int append(DrawStream draws, long firstId, int count, long budget) {
        int first = size;
        int at = first == 0 ? 0 : textEnd[first - 1];
        reserveText(at, count, firstId + count);
        int fitting = budget == Long.MAX_VALUE ? count : fitting(draws, firstId, count, budget);
        numbers(draws, firstId, fitting);
        texts(firstId, fitting, at);
        size = first + fitting;
        return fitting;
    }

    /// How many of the records from `firstId` on stay within the budget.
    private int fitting(DrawStream draws, long firstId, int count, long budget) {
        long bytes = inputBytes;
        for (int i = 0; i < count; i++) {
            long start = draws.start(firstId + i);
            bytes += OptimisedKind.inputBytes(
                    Decimal.digits(firstId + i),
                    DrawStream.integer(start, 5, 5, 50),
                    DrawStream.integer(start, 6, 1, 20),
                    DrawStream.integer(start, 7, 10, 500));
            if (bytes > budget && size + i > 0) {
                return i;
            }
        }
        return count;
    }

    /// The columns of numbers, a few at a time: in one loop over all of them the compiler runs out of registers, and
    /// with a counter that is no int it tests every index (benchmark: `EtlGenerateBenchmark`).
    private void numbers(DrawStream draws, long firstId, int count) {
        int first = size;
        int end = first + count;
        long[] ids = id;
        long[] hashes = dataHash;
        long[] starts = start;
        for (int row = first; row < end; row++) {
            long user = firstId + (row - first);
            ids[row] = user;
            hashes[row] = user * HASH_FACTOR;
            starts[row] = draws.start(user);
        }
        attributes(first, end);
        counts(first, end);
    }

    private void attributes(int first, int end) {
        long[] starts = start;
        long[] bits = profileBits;
        byte[] ages = age;
        byte[] locations = locationId;
        short[] activities = activityCount;
        for (int row = first; row < end; row++) {
            long from = starts[row];
            ages[row] = (byte) DrawStream.integer(from, 1, 18, 80);
            locations[row] = (byte) DrawStream.integer(from, 2, 0, 10);
            bits[row] = DrawStream.draw(from, 3);
            activities[row] = (short) DrawStream.integer(from, 4, 10, 100);
        }
    }

    private void counts(int first, int end) {
        long[] starts = start;
        short[] transactions = transactionCount;
        short[] messages = messageCount;
        short[] connections = socialConnectionsCount;
        long shorter = 0;
        for (int row = first; row < end; row++) {
            long from = starts[row];
            int transaction = DrawStream.integer(from, 5, 5, 50);
            int message = DrawStream.integer(from, 6, 1, 20);
            int connection = DrawStream.integer(from, 7, 10, 500);
            transactions[row] = (short) transaction;
            messages[row] = (short) message;
            connections[row] = (short) connection;
            // One digit less each, without a branch that every other record would take otherwise.
            shorter += ((transaction - 10) >> 31) + ((message - 10) >> 31) + ((connection - 100) >> 31);
        }
        inputBytes += (long) (end - first) * OptimisedKind.inputBytes(0, 10, 10, 100) + shorter;
    }

    /// Texts, with the digits of an id made from those of the one before it.
    private void texts(long firstId, int count, int from) {
        byte[] area = text;
        int[] ends = textEnd;
        int at = from;
        int row = size;
        long digitsOfAll = 0;
        long user = firstId;
        long last = firstId + count;
        while (user < last) {
            int length = Decimal.digits(user);
            int _ = Decimal.write(digits, 0, user);
            // Up to the next multiple of ten only the last digit changes.
            long next = Math.min(last, user - user % 10 + 10);
            if (length <= Long.BYTES) {
                long ascii = (long) LONGS.get(digits, 0);
                long one = 1L << (8 * (length - 1));
                for (; user < next; user++) {
                    area[at] = 'u';
                    // Eight bytes at once run over what follows, which is written afterwards.
                    LONGS.set(area, at + 1, ascii);
                    int second = at + 1 + length;
                    area[second] = 'u';
                    LONGS.set(area, second + 1, ascii);
                    int domain = second + 1 + length;
                    LONGS.set(area, domain, DOMAIN);
                    at = domain + DOMAIN_BYTES;
                    ends[row++] = at;
                    ascii += one;
                    digitsOfAll += length;
                }
            } else {
                at = longText(area, at, length);
                ends[row++] = at;
                digitsOfAll += length;
                user++;
            }
        }
        inputBytes += 3 * digitsOfAll;
    }

    private int longText(byte[] area, int at, int length) {
        area[at] = 'u';
        System.arraycopy(digits, 0, area, at + 1, length);
        int second = at + 1 + length;
        area[second] = 'u';
        System.arraycopy(digits, 0, area, second + 1, length);
        int domain = second + 1 + length;
        LONGS.set(area, domain, DOMAIN);
        return domain + DOMAIN_BYTES;
    }

    /// Appends the rows `from` to `from + count - 1` of other columns.
    ///
    /// @param budget as for records that are made
    /// @return rows appended
    int append(OptimisedColumns other, int from, int count, long budget) {
        int fitting = 0;
        long bytes = inputBytes;
        while (fitting < count) {
            int length = other.inputBytes(from + fitting);
            if (bytes + length > budget && size + fitting > 0) {
                break;
            }
            bytes += length;
            fitting++;
        }
        if (fitting == 0) {
            return 0;
        }
        int textFrom = other.usernameOffset(from);
        int textBytes = other.textEnd[from + fitting - 1] - textFrom;
        int at = size == 0 ? 0 : textEnd[size - 1];
        reserveText(at, fitting, other.id[from + fitting - 1]);
        System.arraycopy(other.text, textFrom, text, at, textBytes);
        for (int i = 0; i < fitting; i++) {
            textEnd[size + i] = other.textEnd[from + i] - textFrom + at;
        }
        System.arraycopy(other.id, from, id, size, fitting);
        System.arraycopy(other.profileBits, from, profileBits, size, fitting);
        System.arraycopy(other.dataHash, from, dataHash, size, fitting);
        System.arraycopy(other.activityCount, from, activityCount, size, fitting);
        System.arraycopy(other.transactionCount, from, transactionCount, size, fitting);
        System.arraycopy(other.messageCount, from, messageCount, size, fitting);
        System.arraycopy(other.socialConnectionsCount, from, socialConnectionsCount, size, fitting);
        System.arraycopy(other.age, from, age, size, fitting);
        System.arraycopy(other.locationId, from, locationId, size, fitting);
        size += fitting;
        inputBytes = bytes;
        return fitting;
    }

    /// Length of one row's canonical line.
    int inputBytes(int row) {
        return OptimisedKind.inputBytes(
                usernameLength(row) - 1, transactionCount[row], messageCount[row], socialConnectionsCount[row]);
    }

    private void reserveText(int at, int count, long lastId) {
        int rowBytes = 2 + DOMAIN_BYTES + 2 * Decimal.digits(lastId);
        int needed = Math.addExact(at, Math.multiplyExact(count, rowBytes)) + SLACK;
        if (needed > text.length) {
            text = Arrays.copyOf(text, Math.max(needed, id.length * rowBytes + SLACK));
        }
    }

    /// Copies ids and hashes of the rows `from` to `to`, exclusive.
    void copyIds(int from, int to, long[] ids, long[] hashes) {
        System.arraycopy(id, from, ids, from, to - from);
        System.arraycopy(dataHash, from, hashes, from, to - from);
    }

    /// Total activities and engagement scores of the rows `from` to `to`, exclusive.
    void totals(int from, int to, int[] totals, float[] scores) {
        short[] activities = activityCount;
        short[] transactions = transactionCount;
        short[] messages = messageCount;
        short[] connections = socialConnectionsCount;
        for (int row = from; row < to; row++) {
            int total = activities[row] + transactions[row] + messages[row];
            totals[row] = total;
            scores[row] = (float) total / (float) (connections[row] + 1);
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
