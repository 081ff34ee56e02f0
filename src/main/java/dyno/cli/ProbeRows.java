package dyno.cli;

import dyno.engine.grouping.ProbeRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// A probe record as lines. A class of its own so that nothing else loads the decoder.
final class ProbeRows {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /// One line for each measurement. Times are UTC. NaN and infinities, which JSON has no numbers for, are strings.
    ///
    /// @throws dyno.engine.EngineException where it is no probe record
    static void print(long index, byte[] bytes, int from, int length, BlockPrinter lines) {
        var probe = new ProbeRecord();
        probe.read(bytes, from, length);
        for (int row = 0; row < probe.rows(); row++) {
            var line = Json.object()
                    .put("index", index)
                    .put("row", row)
                    .put("srcId", probe.srcId())
                    .put("eventTime", MICROS.format(Instant.EPOCH.plus(probe.timeMicros(row), ChronoUnit.MICROS)))
                    .put("srcAddr", text(bytes, probe.sourceFrom(row), probe.sourceLength(row)));
            if (probe.dstLength(row) < 0) {
                line.putNull("dstAddr");
            } else {
                line.put("dstAddr", text(bytes, probe.dstFrom(row), probe.dstLength(row)));
            }
            line.put("ipVersion", probe.isVersionNull(row) ? null : Integer.valueOf(probe.ipVersion(row)));
            float rtt = probe.rtt(row);
            if (probe.isRttNull(row)) {
                line.putNull("rtt");
            } else if (Float.isFinite(rtt)) {
                line.put("rtt", rtt);
            } else {
                line.put("rtt", Float.toString(rtt));
            }
            lines.line(line.toString());
        }
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private ProbeRows() {}
}
