package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.marc.MarcWorkload.ExtractMode;
import java.util.List;

/// EXTRACT: lines of values that specs choose.
final class ExtractFormat extends RecordConsumer {

    private final ExtractSpec[] specs;
    private final byte[][] specTexts;
    private final boolean takesAll;
    private final byte[] leader = new byte[Framer.LEADER_BYTES];

    ExtractFormat(List<String> specs, ExtractMode mode) {
        this.specs = specs.stream().map(ExtractSpec::of).toArray(ExtractSpec[]::new);
        this.specTexts = specs.stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
        this.takesAll = mode == ExtractMode.ALL;
    }

    @Override
    boolean tellsIndex() {
        return takesAll;
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        if (takesAll) {
            for (int i = 0; i < specs.length; i++) {
                putAll(view, index, i, output);
            }
        } else {
            putFirst(view, output);
        }
    }

    private void putFirst(RecordView view, Output output) {
        int mark = output.size;
        boolean isEmpty = true;
        for (int i = 0; i < specs.length; i++) {
            if (i > 0) {
                output.put((byte) '\t');
            }
            ExtractSpec spec = specs[i];
            if (spec.isLeader()) {
                isEmpty &= !putLeader(view, spec, output);
                continue;
            }
            for (int f = 0; f < view.fields; f++) {
                if (spec.matches(view.tags[f]) && putField(view, f, spec, output)) {
                    isEmpty = false;
                    break;
                }
            }
        }
        if (isEmpty) {
            output.size = mark;
        } else {
            output.put((byte) '\n');
        }
    }

    private void putAll(RecordView view, long index, int number, Output output) {
        ExtractSpec spec = specs[number];
        if (spec.isLeader()) {
            int mark = output.size;
            startLine(index, number, output);
            endLine(mark, putLeader(view, spec, output), output);
            return;
        }
        for (int f = 0; f < view.fields; f++) {
            if (spec.matches(view.tags[f])) {
                int mark = output.size;
                startLine(index, number, output);
                endLine(mark, putField(view, f, spec, output), output);
            }
        }
    }

    private void startLine(long index, int number, Output output) {
        output.putNumber(index);
        output.put((byte) '\t');
        putEscaped(output, specTexts[number], 0, specTexts[number].length);
        output.put((byte) '\t');
    }

    private static void endLine(int mark, boolean isMatch, Output output) {
        if (isMatch) {
            output.put((byte) '\n');
        } else {
            output.size = mark;
        }
    }

    private boolean putLeader(RecordView view, ExtractSpec spec, Output output) {
        view.leader(leader, 0);
        int to = Math.min(spec.to() + 1, leader.length);
        for (int i = spec.from(); i < to; i++) {
            byte b = leader[i];
            if (b < 0) {
                output.putLatin1(b);
            } else {
                putEscaped(output, leader, i, i + 1);
            }
        }
        return spec.from() < to;
    }

    /// Writes what the spec chooses of a field that it matches.
    ///
    /// @return false where that is nothing
    private static boolean putField(RecordView view, int field, ExtractSpec spec, Output output) {
        if (view.isControl(field)) {
            return spec.codes().isEmpty() && putControlField(view, field, spec, output);
        }
        if (spec.isRange()) {
            return false;
        }
        boolean isMatch = false;
        int past = view.firstSubfield[field + 1];
        for (int s = view.firstSubfield[field]; s < past; s++) {
            if (!spec.takes(view.codes[s])) {
                continue;
            }
            if (isMatch) {
                output.put((byte) ' ');
            }
            isMatch = true;
            putEscaped(output, view.text, view.subfieldFrom[s], view.subfieldTo[s]);
        }
        return isMatch;
    }

    private static boolean putControlField(RecordView view, int field, ExtractSpec spec, Output output) {
        int from = view.valueFrom[field];
        int to = view.valueTo[field];
        if (spec.isRange()) {
            int first = Characters.skip(view.text, from, to, spec.from());
            to = Characters.skip(view.text, from, to, spec.to() + 1);
            from = first;
            if (from >= to) {
                return false;
            }
        }
        putEscaped(output, view.text, from, to);
        return true;
    }

    private static void putEscaped(Output output, byte[] text, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte escape = switch (text[i]) {
                case '\\' -> '\\';
                case '\t' -> 't';
                case '\n' -> 'n';
                case '\r' -> 'r';
                default -> 0;
            };
            if (escape != 0) {
                output.put(text, start, i - start);
                output.put((byte) '\\');
                output.put(escape);
                start = i + 1;
            }
        }
        output.put(text, start, to - start);
    }
}
