package dyno.engine.marc;

import static dyno.engine.marc.Bytes.ONES;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// CSV: a row a control field, a subfield, or a field without subfields.
final class CsvFormat extends RecordConsumer {

    private static final long COMMAS = ',' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long LINE_FEEDS = '\n' * ONES;
    private static final long CARRIAGE_RETURNS = '\r' * ONES;

    private final boolean hasRecordColumn;

    CsvFormat(boolean hasRecordColumn) {
        this.hasRecordColumn = hasRecordColumn;
    }

    @Override
    boolean tellsIndex() {
        return hasRecordColumn;
    }

    @Override
    byte[] header() {
        return ((hasRecordColumn ? "record," : "") + "tag,ind1,ind2,code,value\n").getBytes(ISO_8859_1);
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        for (int f = 0; f < view.fields; f++) {
            if (view.isControl(f)) {
                startRow(index, view.tags[f], output);
                output.room(4);
                for (int i = 0; i < 4; i++) {
                    output.bytes[output.size++] = ',';
                }
                putValue(output, view.text, view.valueFrom[f], view.valueTo[f]);
                output.put((byte) '\n');
                continue;
            }
            int past = view.firstSubfield[f + 1];
            for (int s = view.firstSubfield[f]; s < past; s++) {
                startField(view, f, index, output);
                putColumn(output, view.codes[s]);
                output.put((byte) ',');
                putValue(output, view.text, view.subfieldFrom[s], view.subfieldTo[s]);
                output.put((byte) '\n');
            }
            if (view.firstSubfield[f] == past) {
                startField(view, f, index, output);
                output.put((byte) ',');
                output.put((byte) '\n');
            }
        }
    }

    private void startRow(long index, int tag, Output output) {
        if (hasRecordColumn) {
            output.putNumber(index);
            output.put((byte) ',');
        }
        output.room(3);
        JsonFormat.putTag(output.bytes, output.size, tag);
        output.size += 3;
    }

    private void startField(RecordView view, int field, long index, Output output) {
        startRow(index, view.tags[field], output);
        output.put((byte) ',');
        putColumn(output, view.firstIndicator(field));
        output.put((byte) ',');
        putColumn(output, view.secondIndicator(field));
        output.put((byte) ',');
    }

    private static void putColumn(Output output, byte b) {
        switch (b) {
            case ',', '\n', '\r' -> {
                output.put((byte) '"');
                output.put(b);
                output.put((byte) '"');
            }
            case '"' -> {
                for (int i = 0; i < 4; i++) {
                    output.put((byte) '"');
                }
            }
            default -> output.putLatin1(b);
        }
    }

    /// Writes a value, in quotes where a reader would need them (`MarcFormatBenchmark.csv`).
    private static void putValue(Output output, byte[] data, int from, int to) {
        if (needsQuotes(data, from, to)) {
            putQuoted(output, data, from, to);
        } else {
            output.put(data, from, to - from);
        }
    }

    private static boolean needsQuotes(byte[] data, int from, int to) {
        int i = from;
        for (int last = to - 8; i <= last; i += 8) {
            long eight = Bytes.longAt(data, i);
            long special = Bytes.equalTo(eight, COMMAS)
                    | Bytes.equalTo(eight, QUOTES)
                    | Bytes.equalTo(eight, LINE_FEEDS)
                    | Bytes.equalTo(eight, CARRIAGE_RETURNS);
            if (special != 0) {
                return true;
            }
        }
        for (; i < to; i++) {
            byte b = data[i];
            if (b == ',' || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    private static void putQuoted(Output output, byte[] data, int from, int to) {
        output.put((byte) '"');
        int at = from;
        while (at < to) {
            int quote = Bytes.indexOf(data, at, to, (byte) '"');
            output.put(data, at, quote - at);
            if (quote < to) {
                output.put((byte) '"');
                output.put((byte) '"');
            }
            at = quote + 1;
        }
        output.put((byte) '"');
    }
}
