package dyno.engine.grouping;

import dyno.engine.Verification.Check;
import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.ChunkReader;
import dyno.engine.arrayrecord.Inspector;
import dyno.engine.arrayrecord.InvalidArrayRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Looks through a file of probe records for everything that can be checked without the input. Of each check the
/// first failure is told: record, probe and both values. Used by one thread at a time.
public final class ProbeFileCheck {

    private static final int RANDOM_READS = 64;
    private static final long RANDOM_SEED = 42;
    private static final int CONTINUATION = -1;
    private static final List<String> CHECKS = List.of(
            "hashesValid",
            "nestedSchema",
            "timeOrdered",
            "edgesMatch",
            "oneSourcePerRecord",
            "srcIdMatches",
            "recordsSorted",
            "rowLimitHolds",
            "randomAccessMatches");

    private final Path path;
    private final OptionalInt maxRowBytes;
    private final Map<String, @Nullable String> failures = new LinkedHashMap<>();
    private final ProbeRecord record = new ProbeRecord();
    private final SourceId sourceId = new SourceId();
    private final RowLimit rowLimit = new RowLimit();

    private long records;
    private long measurements;
    private long decodedBytes;
    private long splitProbes;
    private long maxParts;
    private long parts;
    private int probes;
    private int[] probeRows = new int[16];
    private byte[] address = {};
    private long lastTime;

    private ProbeFileCheck(Path path, OptionalInt maxRowBytes) {
        this.path = path;
        this.maxRowBytes = maxRowBytes;
        CHECKS.stream()
                .filter(name -> maxRowBytes.isPresent() || !name.equals("rowLimitHolds"))
                .forEach(name -> failures.put(name, null));
    }

    /// @param maxRowBytes the limit that the file was written with; absent where it is not known, which leaves out
    ///                    `rowLimitHolds`
    public static ProbeFileFacts check(Path path, OptionalInt maxRowBytes) throws IOException {
        return new ProbeFileCheck(path, maxRowBytes).run();
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
        var check = new ProbeFileCheck(path, OptionalInt.empty());
        check.failures.keySet().retainAll(List.of("hashesValid", "randomAccessMatches"));
        check.inspect();
        check.readInOrder((file, reader) -> {
            for (int chunk = 0; chunk < file.chunks(); chunk++) {
                if (check.read(reader, chunk)) {
                    check.records += reader.records();
                }
            }
            check.decodedBytes = file.decodedBytes();
        });
        return check.facts(new ContentDigest());
    }

    private interface Pass {
        void over(ArrayRecordFile file, ChunkReader reader) throws IOException;
    }

    private ProbeFileFacts run() throws IOException {
        var digest = new ContentDigest();
        inspect();
        readInOrder((file, reader) -> {
            readAll(file, reader);
            digest(file, reader, digest);
        });
        return facts(digest);
    }

    private void inspect() throws IOException {
        var inspection = Inspector.inspect(path);
        if (!inspection.isValid()) {
            fail("hashesValid", inspection.defects().getFirst().message());
        }
    }

    private void readInOrder(Pass pass) throws IOException {
        try (var file = ArrayRecordFile.open(path)) {
            try (var reader = file.reader()) {
                pass.over(file, reader);
            }
            readAnywhere(file);
        } catch (InvalidArrayRecordException e) {
            fail("hashesValid", String.valueOf(e.getMessage()));
        }
    }

    private ProbeFileFacts facts(ContentDigest digest) {
        var checks = new ArrayList<Check>();
        failures.forEach((name, difference) -> checks.add(Check.of(name, difference)));
        return new ProbeFileFacts(
                checks, records, probes, measurements, decodedBytes, splitProbes, maxParts, digest.hex());
    }

    private void readAll(ArrayRecordFile file, ChunkReader reader) throws IOException {
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            if (!read(reader, chunk)) {
                records += Math.min(file.groupSize(), file.records() - chunk * file.groupSize());
                continue;
            }
            for (int i = 0; i < reader.records(); i++) {
                decodedBytes += reader.recordLength(i);
                if (decode(reader, i)) {
                    look();
                }
                records++;
            }
        }
        endProbe();
    }

    private boolean read(ChunkReader reader, int chunk) throws IOException {
        try {
            reader.read(chunk);
            return true;
        } catch (InvalidArrayRecordException e) {
            fail("hashesValid", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean decode(ChunkReader reader, int i) {
        try {
            record.read(reader.bytes(), reader.recordFrom(i), reader.recordLength(i));
        } catch (InvalidRecordException e) {
            fail("nestedSchema", "record %d: %s".formatted(records, e.getMessage()));
            return false;
        }
        if (record.rows() == 0) {
            fail("edgesMatch", "record %d has no rows".formatted(records));
        }
        return record.rows() > 0;
    }

    private void look() {
        int order = compareSource(0, address);
        if (probes > 0 && order == 0) {
            lookAtContinuation();
        } else {
            if (probes > 0 && order < 0) {
                fail("recordsSorted", where() + " follows " + text(address, 0, address.length));
            }
            beginProbe();
        }
        lookAtSource();
        lookAtTimes();
        measurements += record.rows();
        probeRows[probes - 1] += record.rows();
        parts++;
        if (maxRowBytes.isPresent()) {
            lookAtLimit(maxRowBytes.getAsInt());
        }
    }

    private void beginProbe() {
        endProbe();
        if (probes == probeRows.length) {
            probeRows = Arrays.copyOf(probeRows, 2 * probes);
        }
        probes++;
        address =
                Arrays.copyOfRange(record.bytes(), record.sourceFrom(0), record.sourceFrom(0) + record.sourceLength(0));
        rowLimit.clear();
        lastTime = Long.MIN_VALUE;
    }

    private void endProbe() {
        maxParts = Math.max(maxParts, parts);
        splitProbes += parts > 1 ? 1 : 0;
        parts = 0;
    }

    private void lookAtContinuation() {
        if (maxRowBytes.isPresent()) {
            long more = rowLimit.withFirstRowOf(record);
            if (more <= maxRowBytes.getAsInt()) {
                fail(
                        "rowLimitHolds",
                        "%s: the part before would have %d bytes with one row more, and the limit is %d"
                                .formatted(where(), more, maxRowBytes.getAsInt()));
            }
        }
    }

    private void lookAtLimit(int limit) {
        if (record.nestedBytes() > limit && record.rows() > 1) {
            fail(
                    "rowLimitHolds",
                    "%s: %d bytes in %d rows, and the limit is %d"
                            .formatted(where(), record.nestedBytes(), record.rows(), limit));
        }
        rowLimit.keep(record);
    }

    private void lookAtSource() {
        for (int row = 1; row < record.rows(); row++) {
            if (compareSource(row, address) != 0) {
                var other = text(record.bytes(), record.sourceFrom(row), record.sourceLength(row));
                fail("oneSourcePerRecord", "%s: row %d is of %s".formatted(where(), row, other));
                break;
            }
        }
        long expected = sourceId.of(address, 0, address.length);
        if (record.srcId() != expected) {
            fail("srcIdMatches", "%s: %d, but should be %d".formatted(where(), record.srcId(), expected));
        }
    }

    private void lookAtTimes() {
        int rows = record.rows();
        for (int row = 0; row < rows; row++) {
            long time = record.timeMicros(row);
            if (time < lastTime) {
                fail("timeOrdered", "%s: row %d at %d µs follows %d µs".formatted(where(), row, time, lastTime));
                break;
            }
            lastTime = time;
        }
        long first = record.timeMicros(0);
        long last = record.timeMicros(rows - 1);
        lastTime = last;
        double span = (last - first) / 1e6;
        if (record.measurements() != rows
                || record.firstMicros() != first
                || record.lastMicros() != last
                || record.spanSeconds() != span) {
            fail(
                    "edgesMatch",
                    "%s: says (%d rows, %d µs, %d µs, %s s), but has (%d, %d, %d, %s)"
                            .formatted(
                                    where(),
                                    record.measurements(),
                                    record.firstMicros(),
                                    record.lastMicros(),
                                    record.spanSeconds(),
                                    rows,
                                    first,
                                    last,
                                    span));
        }
    }

    /// Again from the beginning, as the digest wants a probe's rows counted before the first of them.
    private void digest(ArrayRecordFile file, ChunkReader reader, ContentDigest digest) throws IOException {
        int probe = -1;
        byte[] current = {};
        for (int chunk = 0; chunk < file.chunks(); chunk++) {
            if (!read(reader, chunk)) {
                continue;
            }
            for (int i = 0; i < reader.records(); i++) {
                if (!decode(reader, i)) {
                    continue;
                }
                if (probe < 0 || compareSource(0, current) != 0) {
                    probe++;
                    current = Arrays.copyOfRange(
                            record.bytes(), record.sourceFrom(0), record.sourceFrom(0) + record.sourceLength(0));
                    digest.probe(current, 0, current.length, record.srcId(), probeRows[probe]);
                }
                digest.rows(record);
            }
        }
    }

    /// Single reads of records anywhere say what reading in order said.
    private void readAnywhere(ArrayRecordFile file) throws IOException {
        var random = new Random(RANDOM_SEED);
        try (var reader = file.reader()) {
            for (int i = 0; i < RANDOM_READS && file.records() > 0; i++) {
                long index = random.nextLong(file.records());
                int within = (int) (index % file.groupSize());
                if (!read(reader, (int) (index / file.groupSize()))) {
                    continue;
                }
                byte[] alone = file.get(index);
                int from = reader.recordFrom(within);
                int to = from + reader.recordLength(within);
                if (!Arrays.equals(alone, 0, alone.length, reader.bytes(), from, to)) {
                    fail("randomAccessMatches", "record %d differs from the one in order".formatted(index));
                }
            }
        }
    }

    private int compareSource(int row, byte[] other) {
        int from = record.sourceFrom(row);
        return Arrays.compareUnsigned(record.bytes(), from, from + record.sourceLength(row), other, 0, other.length);
    }

    private String where() {
        return "record %d, probe %s"
                .formatted(records, text(record.bytes(), record.sourceFrom(0), record.sourceLength(0)));
    }

    private static String text(byte[] bytes, int from, int length) {
        return "'" + new String(bytes, from, length, StandardCharsets.UTF_8) + "'";
    }

    private void fail(String check, String difference) {
        failures.putIfAbsent(check, difference);
    }
}
