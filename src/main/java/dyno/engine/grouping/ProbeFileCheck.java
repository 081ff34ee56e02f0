package dyno.engine.grouping;

import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.ChunkReader;
import dyno.engine.arrayrecord.Inspector;
import dyno.engine.arrayrecord.InvalidArrayRecordException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Looks through a file of probe records for everything that can be checked without the input, and goes on behind
/// what is damaged. Of each check the first failure is told: record, probe and both values.
///
/// Used once, by one thread.
public final class ProbeFileCheck {

    private static final int CONTINUATION = -1;

    private final Path path;
    private final Findings found = new Findings();
    private final ProbeRecord record = new ProbeRecord();
    private final ContentDigest content = new ContentDigest();
    private long records;
    private long decodedBytes;

    private ProbeFileCheck(Path path) {
        this.path = path;
        found.begin("hashesValid");
    }

    /// @param maxRowBytes the limit that the file was written with; absent where it is not known, which leaves out
    ///                    `rowLimitHolds`
    public static ProbeFileFacts check(Path path, OptionalInt maxRowBytes) throws IOException {
        var check = new ProbeFileCheck(path);
        check.found.begin("nestedSchema");
        var checks = new RecordChecks(check.found, "", maxRowBytes);
        check.read(checks);
        return check.facts(checks);
    }

    /// Whether the file's first readable record begins as a probe record does; a file without records does.
    public static boolean holdsProbeRecords(Path path) throws IOException {
        try (var file = ArrayRecordFile.open(path);
                var reader = file.reader()) {
            for (int chunk = 0; chunk < file.chunks(); chunk++) {
                try {
                    reader.read(chunk);
                } catch (InvalidArrayRecordException e) {
                    continue; // told by the check, which reads it again
                }
                return reader.recordLength(0) >= Integer.BYTES
                        && Bytes.intAt(reader.bytes(), reader.recordFrom(0)) == CONTINUATION;
            }
            return true;
        } catch (InvalidArrayRecordException e) {
            return false;
        }
    }

    /// Looks at a file of any records: `hashesValid` and `randomAccessMatches` alone. Probes are counted as none.
    public static ProbeFileFacts checkFormat(Path path) throws IOException {
        var check = new ProbeFileCheck(path);
        check.read(null);
        return check.facts(null);
    }

    private void read(@Nullable RecordChecks checks) throws IOException {
        var inspection = Inspector.inspect(path);
        if (!inspection.isValid()) {
            found.fail("hashesValid", inspection.defects().getFirst().message());
        }
        try (var file = ArrayRecordFile.open(path);
                var reader = file.reader()) {
            var samples = new RandomReads(file.records(), found);
            int[] probeRows = readAll(file, reader, samples, checks);
            samples.compare(file, "");
            if (checks != null) {
                digest(file, reader, probeRows);
            }
        } catch (InvalidArrayRecordException e) {
            found.begin("randomAccessMatches");
            found.fail("hashesValid", String.valueOf(e.getMessage()));
        }
    }

    /// @return rows of each probe
    private int[] readAll(ArrayRecordFile file, ChunkReader reader, RandomReads samples, @Nullable RecordChecks checks)
            throws IOException {
        int[] probeRows = new int[16];
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            if (!read(reader, chunk)) {
                long lost = Math.min(file.groupSize(), file.records() - chunk * file.groupSize());
                records += checks == null ? 0 : lost;
                if (checks != null) {
                    checks.skip(lost);
                }
                continue;
            }
            for (int i = 0; i < reader.records(); i++) {
                samples.see(chunk * file.groupSize() + i, reader.bytes(), reader.recordFrom(i), reader.recordLength(i));
                decodedBytes += reader.recordLength(i);
                records++;
                if (checks == null) {
                    continue;
                }
                if (!decode(reader, i, checks)) {
                    checks.skip(1);
                    continue;
                }
                checks.look(record);
                int probe = (int) checks.probes - 1; // an array's length
                if (record.rows() > 0) {
                    if (probe == probeRows.length) {
                        probeRows = Arrays.copyOf(probeRows, 2 * probe);
                    }
                    probeRows[probe] += record.rows();
                }
            }
        }
        return probeRows;
    }

    private boolean read(ChunkReader reader, int chunk) throws IOException {
        try {
            reader.read(chunk);
            return true;
        } catch (InvalidArrayRecordException e) {
            found.fail("hashesValid", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean decode(ChunkReader reader, int i, RecordChecks checks) {
        try {
            record.read(reader.bytes(), reader.recordFrom(i), reader.recordLength(i));
            return true;
        } catch (InvalidRecordException e) {
            found.fail("nestedSchema", "record %d: %s".formatted(checks.records, e.getMessage()));
            return false;
        }
    }

    /// Again from the beginning, as the digest wants a probe's rows counted before the first of them. What could not
    /// be read the first time was told then.
    private void digest(ArrayRecordFile file, ChunkReader reader, int[] probeRows) throws IOException {
        var again = new RecordChecks(new Findings(), "", OptionalInt.empty());
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            if (!read(reader, chunk)) {
                continue;
            }
            for (int i = 0; i < reader.records(); i++) {
                if (!decode(reader, i, again)) {
                    continue;
                }
                if (again.look(record)) {
                    byte[] address = again.address;
                    int rows = probeRows[(int) again.probes - 1]; // an array's index
                    content.probe(address, 0, address.length, record.srcId(), rows);
                }
                content.rows(record);
            }
        }
    }

    private ProbeFileFacts facts(@Nullable RecordChecks checks) {
        return checks == null
                ? new ProbeFileFacts(found.checks(), records, 0, 0, decodedBytes, 0, 0, content.hex())
                : new ProbeFileFacts(
                        found.checks(),
                        records,
                        checks.probes,
                        checks.rows,
                        decodedBytes,
                        checks.splitProbes,
                        checks.maxParts,
                        content.hex());
    }
}
