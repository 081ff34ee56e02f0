package dyno.engine.marc;

/// The canonical dump: what two readers must agree on, for verification.
///
/// Per record `000 ` and the leader, per field its tag, a blank, and its value or indicators and subfields with
/// `$` before each code; a line each, and an empty line.
final class DumpFormat extends RecordConsumer {

    private final boolean hidesRewritten;
    private final boolean hidesEmpty;
    private final byte[] leader = new byte[Framer.LEADER_BYTES];

    /// The dump as it is compared with the peer's.
    DumpFormat() {
        this(false, false);
    }

    private DumpFormat(boolean hidesRewritten, boolean hidesEmpty) {
        this.hidesRewritten = hidesRewritten;
        this.hidesEmpty = hidesEmpty;
    }

    /// Leaves out subfields without a value, as the peer's permissive reader does.
    static DumpFormat ofValues() {
        return new DumpFormat(false, true);
    }

    /// Hides the positions of the leader that writing works out anew: length, base, sizes of the entries.
    static DumpFormat ofContent() {
        return new DumpFormat(true, false);
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        putTag(output, '0' << 16 | '0' << 8 | '0');
        view.leader(leader, 0);
        if (hidesRewritten) {
            RecordView.digits(leader, 0, 0);
            RecordView.digits(leader, 12, 0);
            RoundTripFormat.putFixedLeader(leader, 0);
        }
        for (byte b : leader) {
            output.putLatin1(b);
        }
        output.put((byte) '\n');
        for (int f = 0; f < view.fields; f++) {
            putTag(output, view.tags[f]);
            if (view.isControl(f)) {
                output.put(view.text, view.valueFrom[f], view.valueTo[f] - view.valueFrom[f]);
            } else {
                output.putLatin1(view.firstIndicator(f));
                output.putLatin1(view.secondIndicator(f));
                for (int s = view.firstSubfield[f]; s < view.firstSubfield[f + 1]; s++) {
                    if (hidesEmpty && view.subfieldFrom[s] == view.subfieldTo[s]) {
                        continue;
                    }
                    output.put((byte) '$');
                    output.putLatin1(view.codes[s]);
                    output.put(view.text, view.subfieldFrom[s], view.subfieldTo[s] - view.subfieldFrom[s]);
                }
            }
            output.put((byte) '\n');
        }
        output.put((byte) '\n');
    }

    private static void putTag(Output output, int tag) {
        output.room(4);
        JsonFormat.putTag(output.bytes, output.size, tag);
        output.bytes[output.size + 3] = ' ';
        output.size += 4;
    }
}
