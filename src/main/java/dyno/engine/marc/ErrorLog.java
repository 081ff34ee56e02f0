package dyno.engine.marc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The errors of a file or a part of one: all counted, the first ones kept.
///
/// Logs of neighbouring parts can be joined; the result is that of reading both in one go. Used by one thread
/// at a time.
final class ErrorLog {

    /// Errors that a case shows.
    static final int SHOWN = 100;

    /// Odd and random: multiplying by it loses nothing.
    private static final long FACTOR = 0xD1342543DE82EF95L;

    private final int keep;
    private final long[] counts = new long[Defect.values().length];
    private final List<MarcError> first = new ArrayList<>();
    private long total;
    private long hash;
    private long factorPower = 1;
    private long recordSum;

    /// @param keep how many errors are kept whole
    ErrorLog(int keep) {
        this.keep = keep;
    }

    /// Whether the next error would be kept, so that its details are worth gathering.
    boolean keepsNext() {
        return first.size() < keep;
    }

    void keep(MarcError error) {
        first.add(error);
    }

    /// Counts an error, kept or not.
    void count(Defect code, long record, long byteOffset, int tag) {
        counts[slot(code)]++;
        total++;
        recordSum += record;
        hash = hash * FACTOR + mix(slot(code) * 0x9E3779B97F4A7C15L + byteOffset * 31 + tag);
        factorPower *= FACTOR;
    }

    /// Appends the log of the part that follows.
    ///
    /// @param recordsBefore records begun in all parts before that one
    void append(ErrorLog next, long recordsBefore) {
        for (var error : next.first) {
            if (first.size() == keep) {
                break;
            }
            first.add(error.shiftedBy(recordsBefore));
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += next.counts[i];
        }
        total += next.total;
        recordSum += next.recordSum + next.total * recordsBefore;
        hash = hash * next.factorPower + next.hash;
        factorPower *= next.factorPower;
    }

    List<MarcError> first() {
        return List.copyOf(first);
    }

    long total() {
        return total;
    }

    long count(Defect code) {
        return counts[slot(code)];
    }

    /// Codes that were seen, in the order of [Defect].
    Map<Defect, Long> counts() {
        var seen = new EnumMap<Defect, Long>(Defect.class);
        for (var code : Defect.values()) {
            if (counts[slot(code)] > 0) {
                seen.put(code, counts[slot(code)]);
            }
        }
        return seen;
    }

    /// Whether [#fingerprint] says the same of both; makes no text.
    boolean sameAs(ErrorLog other) {
        return total == other.total && hash == other.hash && recordSum == other.recordSum;
    }

    /// Code, place, field and order of all errors, kept or not, in a few words: equal logs have equal ones.
    String fingerprint() {
        return "%d errors, hash %016x, record sum %d".formatted(total, hash, recordSum);
    }

    void write(DataOutput out) throws IOException {
        for (long count : counts) {
            out.writeLong(count);
        }
        out.writeLong(total);
        out.writeLong(hash);
        out.writeLong(factorPower);
        out.writeLong(recordSum);
        out.writeInt(first.size());
        for (var error : first) {
            error.write(out);
        }
    }

    static ErrorLog read(DataInput in, int keep) throws IOException {
        var log = new ErrorLog(keep);
        for (int i = 0; i < log.counts.length; i++) {
            log.counts[i] = in.readLong();
        }
        log.total = in.readLong();
        log.hash = in.readLong();
        log.factorPower = in.readLong();
        log.recordSum = in.readLong();
        int kept = in.readInt();
        for (int i = 0; i < kept; i++) {
            log.first.add(MarcError.read(in));
        }
        return log;
    }

    /// Where a code is counted; lasts no longer than this version of the program.
    @SuppressWarnings("EnumOrdinal")
    private static int slot(Defect code) {
        return code.ordinal();
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
