package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.ChunkReader;
import dyno.engine.arrayrecord.InvalidArrayRecordException;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Reads one written file to its end and checks every record of it. Used once, by one thread.
///
/// One record is always read ahead, so that a probe's parts are seen together.
final class OutputCheck {

    private static final int RANDOM_READS = 64;
    private static final int HASH_BYTES = 1 << 16;

    private final Path path;
    private final Side side;
    private final GroupingWorkload workload;
    private final Findings found;
    private final Runnable check;
    private final ContentDigest content = new ContentDigest();
    private final MessageDigest md5 = md5();
    private ProbeRecord current = new ProbeRecord();
    private ProbeRecord next = new ProbeRecord();
    private byte[] currentBytes = new byte[1 << 12];
    private byte[] nextBytes = new byte[1 << 12];
    private byte[] address = {};
    private long openGroup;
    private long openChain;
    private long lastMicros;

    /// Totals of the file.
    long records;

    long probes;
    long rows;
    long splitProbes;
    int maxParts;
    long rowSum;
    long groupSum;
    long chunks;
    long decodedBytes;
    long bytes;
    byte @Nullable [] firstAddress;
    byte @Nullable [] lastAddress;
    String contentDigest = "";
    String sha256 = "";

    OutputCheck(Path path, Side side, GroupingWorkload workload, Findings found, Runnable check) {
        this.path = path;
        this.side = side;
        this.workload = workload;
        this.found = found;
        this.check = check;
    }

    /// @return whether the file could be read to its end
    boolean read() throws IOException {
        sha256 = sha256(path);
        try (var file = ArrayRecordFile.open(path);
                var reader = file.reader()) {
            bytes = file.bytes();
            chunks = file.chunks();
            decodedBytes = file.decodedBytes();
            found.begin("hashesValid");
            found.begin("nestedSchema");
            readRecords(file, reader);
            found.equal("hashesValid", name() + " records in the footer", records, file.records());
            contentDigest = content.hex();
            return true;
        } catch (InvalidArrayRecordException e) {
            found.fail("hashesValid", "%s: %s".formatted(name(), e.getMessage()));
        } catch (InvalidRecordException e) {
            found.fail("nestedSchema", "%s, record %d: %s".formatted(name(), records, e.getMessage()));
        }
        return false;
    }

    private void readRecords(ArrayRecordFile file, ChunkReader reader) throws IOException {
        var samples = new Samples(file.records());
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            check.run();
            reader.read(chunk);
            for (int i = 0; i < reader.records(); i++) {
                int length = reader.recordLength(i);
                samples.see(reader.bytes(), reader.recordFrom(i), length);
                if (nextBytes.length < length) {
                    nextBytes = new byte[Math.max(length, 2 * nextBytes.length)];
                }
                System.arraycopy(reader.bytes(), reader.recordFrom(i), nextBytes, 0, length);
                boolean isFirst = samples.seen == 1;
                next.read(nextBytes, 0, length);
                if (!isFirst) {
                    checkRecord(file, false);
                }
                swap();
            }
        }
        if (file.chunks() > 0) {
            checkRecord(file, true);
        }
        endGroup();
        samples.compare(file);
    }

    private void swap() {
        var record = current;
        current = next;
        next = record;
        byte[] array = currentBytes;
        currentBytes = nextBytes;
        nextBytes = array;
    }

    private int part;

    /// Checks `current`, with `next` behind it.
    private void checkRecord(ArrayRecordFile file, boolean isLast) throws IOException {
        var record = current;
        int rowCount = record.rows();
        if (rowCount == 0) {
            found.fail("edgesMatch", where("has no rows"));
            records++;
            return;
        }
        int from = record.sourceFrom(0);
        int length = record.sourceLength(0);
        boolean isNew = part == 0 || !equal(address, record, 0);
        if (isNew) {
            beginProbe(file, record, from, length, isLast);
        }
        part++;
        maxParts = Math.max(maxParts, part);
        if (part == 2) {
            splitProbes++;
        }
        checkEdges(record, rowCount);
        checkRows(record, rowCount);
        checkLimit(record, rowCount, isLast);
        content.rows(record);
        records++;
        rows += rowCount;
    }

    private void beginProbe(ArrayRecordFile file, ProbeRecord record, int from, int length, boolean isLast)
            throws IOException {
        endGroup();
        byte[] before = lastAddress;
        address = Arrays.copyOfRange(record.bytes(), from, from + length);
        found.begin("recordsSorted");
        if (before != null && Arrays.compareUnsigned(before, address) >= 0) {
            found.fail("recordsSorted", where("follows " + new String(before, UTF_8)));
        }
        if (firstAddress == null) {
            firstAddress = address;
        }
        lastAddress = address;
        probes++;
        part = 0;
        lastMicros = Long.MIN_VALUE;
        long sourceId = sourceId(address);
        found.begin("srcIdMatches");
        found.begin("splitRuleHolds");
        if (workload.split() == GroupingWorkload.Split.HASH) {
            boolean isTrain = sourceId % 10 < Math.round(10 * workload.trainRatio());
            if (isTrain != (side == Side.TRAIN)) {
                found.fail("splitRuleHolds", where("has src_id %d".formatted(sourceId)));
            }
        }
        int total = record.rows();
        if (!isLast && next.rows() > 0 && equal(address, next, 0)) {
            total = rowsOfParts(file);
        }
        content.probe(address, 0, address.length, sourceId, total);
    }

    /// Rows of all parts of the probe whose first record is `current`.
    private int rowsOfParts(ArrayRecordFile file) throws IOException {
        int total = current.rows();
        var ahead = new ProbeRecord();
        for (long i = records + 1; i < file.records(); i++) {
            check.run();
            byte[] data = file.get(i);
            ahead.read(data, 0, data.length);
            if (ahead.rows() == 0 || !equal(address, ahead, 0)) {
                break;
            }
            total += ahead.rows();
        }
        return total;
    }

    private void checkEdges(ProbeRecord record, int rowCount) {
        found.begin("edgesMatch");
        long first = record.timeMicros(0);
        long last = record.timeMicros(rowCount - 1);
        if (record.measurements() != rowCount
                || record.firstMicros() != first
                || record.lastMicros() != last
                || record.spanSeconds() != (last - first) / 1e6) {
            found.fail(
                    "edgesMatch",
                    where("says %d rows, %d to %d, %s s, but has %d, %d to %d"
                            .formatted(
                                    record.measurements(),
                                    record.firstMicros(),
                                    record.lastMicros(),
                                    record.spanSeconds(),
                                    rowCount,
                                    first,
                                    last)));
        }
        long sourceId = sourceId(address);
        if (record.srcId() != sourceId) {
            found.fail("srcIdMatches", where("says %d, but is %d".formatted(record.srcId(), sourceId)));
        }
    }

    private void checkRows(ProbeRecord record, int rowCount) {
        found.begin("timeOrdered");
        found.begin("oneSourcePerRecord");
        byte[] data = record.bytes();
        long source = RowHash.text(address, 0, address.length);
        for (int row = 0; row < rowCount; row++) {
            if (row > 0 && !equal(address, record, row)) {
                found.fail("oneSourcePerRecord", where("has another address in row " + row));
            }
            long micros = record.timeMicros(row);
            if (micros < lastMicros) {
                found.fail("timeOrdered", where("has %d behind %d in row %d".formatted(micros, lastMicros, row)));
            }
            lastMicros = micros;
            long destination = record.dstLength(row) < 0
                    ? RowHash.noText()
                    : RowHash.text(data, record.dstFrom(row), record.dstLength(row));
            long hash = RowHash.row(
                    source,
                    micros,
                    destination,
                    record.ipVersion(row),
                    record.isVersionNull(row),
                    record.rtt(row),
                    record.isRttNull(row));
            rowSum += hash;
            long group = RowHash.group(source, micros);
            if (group != openGroup) {
                endGroup();
                openGroup = group;
            }
            openChain = RowHash.chain(openChain, hash);
        }
    }

    private void endGroup() {
        if (openGroup != 0) {
            groupSum += RowHash.sealed(openGroup, openChain);
        }
        openGroup = 0;
        openChain = 0;
    }

    private void checkLimit(ProbeRecord record, int rowCount, boolean isLast) {
        found.begin("rowLimitHolds");
        int limit = workload.maxRowBytes();
        if (record.nestedBytes() > limit && rowCount > 1) {
            found.fail("rowLimitHolds", where("has %d bytes, the limit is %d".formatted(record.nestedBytes(), limit)));
        }
        if (!isLast && next.rows() > 0 && equal(address, next, 0)) {
            long one = withOneMore(record, rowCount);
            if (one <= limit) {
                found.fail("rowLimitHolds", where("could hold another row: %d bytes".formatted(one)));
            }
        }
    }

    /// Size of the nested stream with the next record's first row in it.
    private long withOneMore(ProbeRecord record, int rowCount) {
        long dst = Math.max(0, next.dstLength(0));
        boolean noDst = next.dstLength(0) < 0;
        boolean noVersion = next.isVersionNull(0);
        boolean noRtt = next.isRttNull(0);
        for (int row = 0; row < rowCount; row++) {
            dst += Math.max(0, record.dstLength(row));
            noDst |= record.dstLength(row) < 0;
            noVersion |= record.isVersionNull(row);
            noRtt |= record.isRttNull(row);
        }
        long n = rowCount + 1L;
        long bitmap = padded((n + 7) / 8);
        return 768
                + padded(8 * n)
                + 2 * padded(4 * (n + 1))
                + padded(n * address.length)
                + padded(dst)
                + padded(n)
                + padded(4 * n)
                + (noDst ? bitmap : 0)
                + (noVersion ? bitmap : 0)
                + (noRtt ? bitmap : 0);
    }

    private static long padded(long size) {
        return Math.ceilDiv(size, 8L) * 8;
    }

    private static boolean equal(byte[] address, ProbeRecord record, int row) {
        int from = record.sourceFrom(row);
        return Arrays.equals(address, 0, address.length, record.bytes(), from, from + record.sourceLength(row));
    }

    private long sourceId(byte[] text) {
        // As the format puts it, in hex, rather than as the writer computes it.
        return Long.parseLong(HexFormat.of().formatHex(md5.digest(text)).substring(0, 15), 16);
    }

    private String where(String what) {
        return "%s, record %d, probe %s %s".formatted(name(), records, new String(address, UTF_8), what);
    }

    private String name() {
        return side.fileName();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    private String sha256(Path file) throws IOException {
        var sha = new Sha256();
        byte[] buffer = new byte[HASH_BYTES];
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int got = channel.read(ByteBuffer.wrap(buffer));
                    got >= 0;
                    got = channel.read(ByteBuffer.wrap(buffer))) {
                check.run();
                sha.update(buffer, 0, got);
            }
        }
        return sha.hex();
    }

    /// Some records, seen in order and read by number afterwards.
    private final class Samples {

        private final long records;
        private final long step;
        private final byte[][] kept = new byte[RANDOM_READS][];
        private long seen;

        Samples(long records) {
            this.records = records;
            this.step = Math.max(1, records / RANDOM_READS);
        }

        void see(byte[] data, int from, int length) {
            if (seen % step == 0 && seen / step < RANDOM_READS) {
                var sha = new Sha256().update(data, from, length).hex();
                kept[(int) (seen / step)] = sha.getBytes(UTF_8); // below RANDOM_READS
            }
            seen++;
        }

        void compare(ArrayRecordFile file) throws IOException {
            found.begin("randomAccessMatches");
            // Backwards, so that nothing is read ahead.
            for (int i = RANDOM_READS - 1; i >= 0; i--) {
                long record = i * step;
                if (record >= records || kept[i] == null) {
                    continue;
                }
                byte[] data = file.get(record);
                var sha = new Sha256().update(data, 0, data.length).hex();
                if (!sha.equals(new String(kept[i], UTF_8))) {
                    found.fail("randomAccessMatches", "%s: record %d by number differs".formatted(name(), record));
                }
            }
        }
    }
}
