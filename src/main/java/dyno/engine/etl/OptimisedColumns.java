package dyno.engine.etl;

import java.util.Arrays;

/// A batch of optimised users as columns: one array a number, and [NameTexts].
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

    static final long HASH_FACTOR = 0x517CC1B727220A95L;

    private final long[] id;
    private final long[] profileBits;

    /// What the draws of a row start from; only while rows are made.
    private final long[] start;
    private final long[] dataHash;
    private final short[] activityCount;
    private final short[] transactionCount;
    private final short[] messageCount;
    private final short[] socialConnectionsCount;
    private final byte[] age;
    private final byte[] locationId;
    private final NameTexts texts;
    private int size;
    private long inputBytes;

    OptimisedColumns(int capacity) {
        this.id = new long[capacity];
        this.profileBits = new long[capacity];
        this.start = new long[capacity];
        this.dataHash = new long[capacity];
        this.activityCount = new short[capacity];
        this.transactionCount = new short[capacity];
        this.messageCount = new short[capacity];
        this.socialConnectionsCount = new short[capacity];
        this.age = new byte[capacity];
        this.locationId = new byte[capacity];
        this.texts = new NameTexts(capacity);
    }

    /// Appends the records `firstId` to `firstId + count - 1`.
    ///
    /// @param draws  the stream of the seed
    /// @param count  at most what there is room for
    /// @param budget canonical bytes that may be in the batch afterwards; the batch's first record always fits
    /// @return records appended; fewer than `count` where the next would exceed the budget
    int append(DrawStream draws, long firstId, int count, long budget) {
        int fitting = budget == Long.MAX_VALUE ? count : fitting(draws, firstId, count, budget);
        if (fitting == 1) {
            number(draws, firstId);
        } else {
            numbers(draws, firstId, fitting);
        }
        // An id stands three times in its line.
        inputBytes += 3 * texts.append(size, firstId, fitting);
        size += fitting;
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

    /// The numbers of a record that comes alone, as with generation SINGLE: three loops over one row take
    /// longer than
    /// its seven draws (benchmark: `EtlGenerateBenchmark`).
    private void number(DrawStream draws, long user) {
        int row = size;
        long from = draws.start(user);
        int transaction = DrawStream.integer(from, 5, 5, 50);
        int message = DrawStream.integer(from, 6, 1, 20);
        int connection = DrawStream.integer(from, 7, 10, 500);
        id[row] = user;
        dataHash[row] = user * HASH_FACTOR;
        age[row] = (byte) DrawStream.integer(from, 1, 18, 80);
        locationId[row] = (byte) DrawStream.integer(from, 2, 0, 10);
        profileBits[row] = DrawStream.draw(from, 3);
        activityCount[row] = (short) DrawStream.integer(from, 4, 10, 100);
        transactionCount[row] = (short) transaction;
        messageCount[row] = (short) message;
        socialConnectionsCount[row] = (short) connection;
        inputBytes += OptimisedKind.inputBytes(0, transaction, message, connection);
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
            shorter += OptimisedKind.shorter(transaction, message, connection);
        }
        inputBytes += (long) (end - first) * OptimisedKind.inputBytes(0, 10, 10, 100) + shorter;
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
        texts.append(size, other.texts, from, fitting, other.id[from + fitting - 1]);
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
                texts.nameLength(row) - 1, transactionCount[row], messageCount[row], socialConnectionsCount[row]);
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

    NameTexts texts() {
        return texts;
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
        return size == 0 ? 0 : (long) size * FIXED_BYTES + texts.offset(size);
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
        texts.poison();
        return true;
    }
}
