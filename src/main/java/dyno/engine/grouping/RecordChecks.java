package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/// What every record of a file must be, by itself and behind the one before it; needs nothing but the records.
///
/// Shares no code with the encoder, numbers of probes included. Used by one thread at a time.
final class RecordChecks {

    private static final List<String> CHECKS =
            List.of("timeOrdered", "edgesMatch", "oneSourcePerRecord", "srcIdMatches", "recordsSorted");

    private static final String LIMIT = "rowLimitHolds";

    private final Findings found;
    private final String where;
    private final OptionalInt maxRowBytes;
    private final RowLimit rowLimit = new RowLimit();
    private final MessageDigest md5 = md5();
    private long parts;
    private long lastMicros;

    /// Records seen, those that could not be decoded included; the next one's number.
    long records;

    long probes;
    long rows;
    long splitProbes;
    int maxParts;

    /// Of the last record's probe; its text and its number.
    byte[] address = {};

    long sourceId;

    /// @param where       what messages begin with: nothing, or the file
    /// @param maxRowBytes absent where it is not known, which leaves `rowLimitHolds` out
    RecordChecks(Findings found, String where, OptionalInt maxRowBytes) {
        this.found = found;
        this.where = where;
        this.maxRowBytes = maxRowBytes;
        CHECKS.forEach(found::begin);
        if (maxRowBytes.isPresent()) {
            found.begin(LIMIT);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    /// Passes over records that could not be decoded.
    void skip(long count) {
        records += count;
    }

    /// Looks at the next record.
    ///
    /// @return whether it is the first of a probe; false as well for one without rows, which counts for none
    boolean look(ProbeRecord record) {
        if (record.rows() == 0) {
            found.fail("edgesMatch", "%srecord %d has no rows".formatted(where, records));
            records++;
            return false;
        }
        int order = compareSource(record, 0);
        boolean isNew = probes == 0 || order != 0;
        if (isNew) {
            if (probes > 0 && order < 0) {
                fail("recordsSorted", record, "it follows '%s'".formatted(new String(address, UTF_8)));
            }
            beginProbe(record);
        } else {
            lookAtLimitBefore(record);
        }
        parts++;
        maxParts = (int) Math.max(maxParts, parts); // as many records as a manifest can say
        splitProbes += parts == 2 ? 1 : 0;
        lookAtSource(record);
        lookAtTimes(record);
        lookAtLimit(record);
        rows += record.rows();
        records++;
        return isNew;
    }

    /// Whether a record's rows are those of the probe that was looked at last.
    boolean isSameProbe(ProbeRecord record) {
        return record.rows() > 0 && compareSource(record, 0) == 0;
    }

    private void beginProbe(ProbeRecord record) {
        int from = record.sourceFrom(0);
        address = Arrays.copyOfRange(record.bytes(), from, from + record.sourceLength(0));
        // As the format puts it, in hex, rather than as the writer computes it.
        sourceId = Long.parseLong(HexFormat.of().formatHex(md5.digest(address)).substring(0, 15), 16);
        probes++;
        parts = 0;
        rowLimit.clear();
        lastMicros = Long.MIN_VALUE;
    }

    private void lookAtSource(ProbeRecord record) {
        for (int row = 1; row < record.rows(); row++) {
            if (compareSource(record, row) != 0) {
                var other = new String(record.bytes(), record.sourceFrom(row), record.sourceLength(row), UTF_8);
                fail("oneSourcePerRecord", record, "row %d is of '%s'".formatted(row, other));
                break;
            }
        }
        if (record.srcId() != sourceId) {
            fail("srcIdMatches", record, "%d, but should be %d".formatted(record.srcId(), sourceId));
        }
    }

    private void lookAtTimes(ProbeRecord record) {
        int count = record.rows();
        for (int row = 0; row < count; row++) {
            long micros = record.timeMicros(row);
            if (micros < lastMicros) {
                fail("timeOrdered", record, "row %d at %d µs follows %d µs".formatted(row, micros, lastMicros));
                break;
            }
            lastMicros = micros;
        }
        long first = record.timeMicros(0);
        long last = record.timeMicros(count - 1);
        lastMicros = last;
        double span = (last - first) / 1e6;
        if (record.measurements() != count
                || record.firstMicros() != first
                || record.lastMicros() != last
                || record.spanSeconds() != span) {
            fail(
                    "edgesMatch",
                    record,
                    "it says (%d rows, %d µs, %d µs, %s s), but has (%d, %d, %d, %s)"
                            .formatted(
                                    record.measurements(),
                                    record.firstMicros(),
                                    record.lastMicros(),
                                    record.spanSeconds(),
                                    count,
                                    first,
                                    last,
                                    span));
        }
    }

    private void lookAtLimitBefore(ProbeRecord record) {
        if (maxRowBytes.isPresent()) {
            long more = rowLimit.withFirstRowOf(record);
            if (more <= maxRowBytes.getAsInt()) {
                fail(
                        LIMIT,
                        record,
                        "the part before would have %d bytes with one row more, and the limit is %d"
                                .formatted(more, maxRowBytes.getAsInt()));
            }
        }
    }

    private void lookAtLimit(ProbeRecord record) {
        if (maxRowBytes.isPresent()) {
            int limit = maxRowBytes.getAsInt();
            if (record.nestedBytes() > limit && record.rows() > 1) {
                fail(
                        LIMIT,
                        record,
                        "%d bytes in %d rows, and the limit is %d"
                                .formatted(record.nestedBytes(), record.rows(), limit));
            }
            rowLimit.keep(record);
        }
    }

    private int compareSource(ProbeRecord record, int row) {
        int from = record.sourceFrom(row);
        return Arrays.compareUnsigned(
                record.bytes(), from, from + record.sourceLength(row), address, 0, address.length);
    }

    private void fail(String check, ProbeRecord record, String what) {
        var probe = new String(record.bytes(), record.sourceFrom(0), record.sourceLength(0), UTF_8);
        found.fail(check, "%srecord %d, probe '%s': %s".formatted(where, records, probe, what));
    }
}
