package dyno.engine.grouping;

import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.ChunkReader;
import dyno.engine.arrayrecord.Inspector;
import dyno.engine.arrayrecord.InvalidArrayRecordException;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads one written file to its end and checks every record of it, with what only the trial knows: the split rule, and
/// sums over all rows that the input must have as well. Used once, by one thread.
///
/// One record is always read ahead, so that it is known whether a probe has parts.
final class OutputCheck {

    private static final int HASH_BYTES = 1 << 16;

    private final Path path;
    private final Side side;
    private final GroupingWorkload workload;
    private final Findings found;
    private final Runnable check;
    private final RecordChecks checks;
    private final ContentDigest content = new ContentDigest();
    private ProbeRecord current = new ProbeRecord();
    private ProbeRecord next = new ProbeRecord();
    private byte[] currentBytes = new byte[1 << 12];
    private byte[] nextBytes = new byte[1 << 12];
    private long openGroup;
    private long openChain;

    /// Totals of the file.
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
        found.begin("hashesValid");
        found.begin("nestedSchema");
        this.checks = new RecordChecks(found, side.fileName() + ", ", OptionalInt.of(workload.maxRowBytes()));
        found.begin("splitRuleHolds");
    }

    long records() {
        return checks.records;
    }

    long probes() {
        return checks.probes;
    }

    long rows() {
        return checks.rows;
    }

    long splitProbes() {
        return checks.splitProbes;
    }

    int maxParts() {
        return checks.maxParts;
    }

    /// @return whether the file could be read to its end
    boolean read() throws IOException {
        sha256 = sha256(path);
        try (var file = ArrayRecordFile.open(path);
                var reader = file.reader()) {
            bytes = file.bytes();
            chunks = file.chunks();
            decodedBytes = file.decodedBytes();
            readRecords(file, reader);
            found.equal("hashesValid", name() + " records in the footer", checks.records, file.records());
            contentDigest = content.hex();
            inspect();
            return true;
        } catch (InvalidArrayRecordException e) {
            found.fail("hashesValid", "%s: %s".formatted(name(), e.getMessage()));
        } catch (InvalidRecordException e) {
            found.fail("nestedSchema", "%s, record %d: %s".formatted(name(), checks.records, e.getMessage()));
        }
        return false;
    }

    /// Readers pass over what they do not need: headers of blocks, paddings, copies of sizes.
    private void inspect() throws IOException {
        var defects = Inspector.inspect(path, chunk -> check.run(), block -> {}).defects();
        if (!defects.isEmpty()) {
            found.fail(
                    "hashesValid", "%s: %s".formatted(name(), defects.getFirst().message()));
        }
    }

    private void readRecords(ArrayRecordFile file, ChunkReader reader) throws IOException {
        var samples = new RandomReads(file.records(), found);
        long index = 0;
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            check.run();
            reader.read(chunk);
            for (int i = 0; i < reader.records(); i++) {
                int length = reader.recordLength(i);
                samples.see(index, reader.bytes(), reader.recordFrom(i), length);
                if (nextBytes.length < length) {
                    nextBytes = new byte[Math.max(length, 2 * nextBytes.length)];
                }
                System.arraycopy(reader.bytes(), reader.recordFrom(i), nextBytes, 0, length);
                next.read(nextBytes, 0, length);
                if (index > 0) {
                    checkCurrent(file, false);
                }
                swap();
                index++;
            }
        }
        if (index > 0) {
            checkCurrent(file, true);
        }
        endGroup();
        samples.compare(file, name() + ", ");
    }

    private void swap() {
        var record = current;
        current = next;
        next = record;
        byte[] array = currentBytes;
        currentBytes = nextBytes;
        nextBytes = array;
    }

    /// Checks `current`, with `next` behind it.
    private void checkCurrent(ArrayRecordFile file, boolean isLast) throws IOException {
        if (checks.look(current)) {
            beginProbe(file, isLast);
        }
        sum(current);
        content.rows(current);
    }

    private void beginProbe(ArrayRecordFile file, boolean isLast) throws IOException {
        endGroup();
        byte[] address = checks.address;
        if (firstAddress == null) {
            firstAddress = address;
        }
        lastAddress = address;
        if (workload.split() == GroupingWorkload.Split.HASH) {
            boolean isTrain = checks.sourceId % 10 < Math.round(10 * workload.trainRatio());
            if (isTrain != (side == Side.TRAIN)) {
                found.fail(
                        "splitRuleHolds",
                        "%s, record %d has src_id %d".formatted(name(), checks.records - 1, checks.sourceId));
            }
        }
        int total = !isLast && checks.isSameProbe(next) ? rowsOfParts(file) : current.rows();
        content.probe(address, 0, address.length, checks.sourceId, total);
    }

    /// Rows of all parts of the probe whose first record is `current`.
    private int rowsOfParts(ArrayRecordFile file) throws IOException {
        int total = current.rows();
        var ahead = new ProbeRecord();
        for (long i = checks.records; i < file.records(); i++) {
            check.run();
            byte[] data = file.get(i);
            ahead.read(data, 0, data.length);
            if (!checks.isSameProbe(ahead)) {
                break;
            }
            total += ahead.rows();
        }
        return total;
    }

    private void sum(ProbeRecord record) {
        byte[] data = record.bytes();
        long source = RowHash.text(checks.address, 0, checks.address.length);
        for (int row = 0; row < record.rows(); row++) {
            long micros = record.timeMicros(row);
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

    private String name() {
        return side.fileName();
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
}
