package dyno.engine.marc;

import java.util.LinkedHashMap;
import java.util.Map;

/// Gathers what is known of a file of a dataset beyond totals and errors.
final class FactsConsumer extends RecordConsumer {

    private static final int CODING = 9;

    private final long[] codings = new long[256];
    private long longestRecordBytes;
    private long longestFieldBytes;

    /// Bytes of the longest record as it lies there.
    long longestRecordBytes() {
        return longestRecordBytes;
    }

    /// Bytes of the longest field, its terminator included.
    long longestFieldBytes() {
        return longestFieldBytes;
    }

    /// Records by leader/09, as ISO 8859-1: `a` is UTF-8, blank MARC-8.
    Map<String, Object> encodings() {
        var seen = new LinkedHashMap<String, Object>();
        for (int i = 0; i < codings.length; i++) {
            if (codings[i] > 0) {
                seen.put(String.valueOf((char) i), codings[i]);
            }
        }
        return seen;
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        codings[view.data[view.start + CODING] & 0xFF]++;
        longestRecordBytes = Math.max(longestRecordBytes, view.end - view.start);
        for (int f = 0; f < view.fields; f++) {
            longestFieldBytes = Math.max(longestFieldBytes, view.fieldTo[f] - view.fieldFrom[f] + 1);
        }
    }
}
