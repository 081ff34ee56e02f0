package dyno.engine.marc;

/// What a leader looks like to somebody who does not know where records begin.
final class Leader {

    private Leader() {}

    /// Whether the 24 bytes at `q` look like a leader: printable ASCII, `22` at 10, `450` at 20.
    static boolean isAt(byte[] data, int q) {
        if (data[q + 10] != '2' || data[q + 11] != '2' || data[q + 20] != '4' || data[q + 21] != '5') {
            return false;
        }
        if (data[q + 22] != '0') {
            return false;
        }
        for (int i = q; i < q + Framer.LEADER_BYTES; i++) {
            if (data[i] < 0x20 || data[i] == 0x7F) {
                return false;
            }
        }
        return true;
    }
}
