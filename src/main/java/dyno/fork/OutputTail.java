package dyno.fork;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The last that a process wrote: at most 20 lines, at most 4 KiB. Safe for any number of threads.
final class OutputTail {

    private static final int MAX_LINES = 20;
    private static final int MAX_BYTES = 4096;

    private final byte[] ring = new byte[MAX_BYTES];
    private long written;

    synchronized void add(byte[] bytes, int from, int count) {
        // Of more than fits only the end would remain.
        int start = Math.max(0, count - MAX_BYTES);
        for (int i = start; i < count; i++) {
            ring[(int) ((written + i) % MAX_BYTES)] = bytes[from + i];
        }
        written += count;
    }

    /// Without empty lines at the end; the first may have lost its beginning.
    synchronized List<String> lines() {
        int kept = (int) Math.min(written, MAX_BYTES);
        var bytes = new byte[kept];
        for (int i = 0; i < kept; i++) {
            bytes[i] = ring[(int) ((written - kept + i) % MAX_BYTES)];
        }
        var lines = new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
        return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
    }
}
