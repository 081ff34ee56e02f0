package dyno.engine.grouping;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Rows of one probe as the default input has them: IPv4, few destinations, times by the second, no nulls, in order
/// among the rows of other probes.
final class ProbeRows {

    private static final int DESTINATIONS = 3_000;

    /// One row of so many is the probe's: a time-ordered table holds all probes interleaved.
    private static final int STRIDE = 26;

    final byte[] address = "174.237.242.20".getBytes(StandardCharsets.US_ASCII);
    final MeasurementColumns columns;
    final int[] order;

    ProbeRows(int rows) {
        var random = new Random(42);
        var texts = new StringBuilder();
        int[] offsets = new int[DESTINATIONS + 1];
        for (int i = 0; i < DESTINATIONS; i++) {
            texts.append("%d.%d.%d.%d".formatted(
                    1 + random.nextInt(223), random.nextInt(256), random.nextInt(256), random.nextInt(256)));
            offsets[i + 1] = texts.length();
        }
        byte[] bytes = texts.append("        ").toString().getBytes(StandardCharsets.US_ASCII);
        int all = rows * STRIDE;
        long[] times = new long[all];
        int[] dst = new int[all];
        byte[] versions = new byte[all];
        float[] rtts = new float[all];
        for (int i = 0; i < all; i++) {
            times[i] = 1_750_723_200_000_000L + i / 41 * 1_000_000L;
            dst[i] = random.nextInt(DESTINATIONS);
            versions[i] = 4;
            rtts[i] = random.nextInt(17) == 0 ? -1 : random.nextInt(1_000, 300_000) / 1000f;
        }
        columns = new MeasurementColumns(times, dst, new Addresses(bytes, offsets), versions, rtts, null, null);
        order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = STRIDE * i + random.nextInt(STRIDE);
        }
    }

    /// Ready to measure and write.
    RecordEncoder encoder() {
        var encoder = new RecordEncoder();
        encoder.probe(address, 0, address.length, new SourceId().of(address, 0, address.length));
        return encoder;
    }

    byte[] record() {
        var encoder = encoder();
        byte[] bytes = new byte[encoder.measure(columns, order, 0, order.length)];
        encoder.write(bytes, 0);
        return bytes;
    }
}
