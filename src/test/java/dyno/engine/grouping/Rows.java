package dyno.engine.grouping;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Measurements of one probe as plain objects, and what a record of them is, made by Arrow Java.
record Rows(String source, List<Row> rows) {

    record Row(
            long micros,
            @Nullable String dst,
            @Nullable Byte version,
            @Nullable Float rtt) {}

    /// Random ones, in random order of rows in the columns; every `nullEvery`-th value of a column is null, 0: none.
    static Rows random(Random random, int count, int nullEvery) {
        var rows = new ArrayList<Row>();
        long time = random.nextLong(-1L << 40, 1L << 50);
        for (int i = 0; i < count; i++) {
            time += random.nextInt(3_000_000);
            rows.add(new Row(
                    time,
                    isNull(random, nullEvery) ? null : text(random, 31),
                    isNull(random, nullEvery) ? null : (byte) random.nextInt(-128, 128),
                    isNull(random, nullEvery) ? null : rtt(random)));
        }
        return new Rows(text(random, 20), rows);
    }

    Rows part(int from, int to) {
        return new Rows(source, rows.subList(from, to));
    }

    byte[] sourceBytes() {
        return source.getBytes(StandardCharsets.UTF_8);
    }

    /// Row `order()[i]` of the columns is row `i` of these.
    MeasurementColumns columns(int[] order) {
        int count = rows.size();
        long[] times = new long[count];
        int[] dst = new int[count];
        byte[] versions = new byte[count];
        float[] rtts = new float[count];
        boolean[] noVersion = new boolean[count];
        boolean[] noRtt = new boolean[count];
        int[] offsets = new int[count + 1];
        var texts = new StringBuilder();
        for (int i = 0; i < count; i++) {
            var row = rows.get(i);
            int at = order[i];
            times[at] = row.micros;
            dst[at] = row.dst == null ? MeasurementColumns.NO_ADDRESS : i;
            texts.append(Objects.requireNonNullElse(row.dst, ""));
            offsets[i + 1] = texts.length();
            versions[at] = row.version == null ? 99 : row.version;
            noVersion[at] = row.version == null;
            rtts[at] = row.rtt == null ? 9.9f : row.rtt;
            noRtt[at] = row.rtt == null;
        }
        byte[] bytes = texts.toString().getBytes(StandardCharsets.UTF_8);
        boolean hasNulls = rows.stream().anyMatch(row -> row.version == null || row.rtt == null);
        return new MeasurementColumns(
                times,
                dst,
                new Addresses(bytes, offsets),
                versions,
                rtts,
                hasNulls ? noVersion : null,
                hasNulls ? noRtt : null);
    }

    static int[] shuffledOrder(Random random, int count) {
        var order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        java.util.Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    byte[] encode(RecordEncoder encoder, int[] order) {
        byte[] address = ("<" + source + ">").getBytes(StandardCharsets.UTF_8);
        int length = address.length - 2;
        encoder.probe(address, 1, length, new SourceId().of(address, 1, length));
        int bytes = encoder.measure(columns(order), order, 0, rows.size());
        byte[] target = new byte[bytes + 20];
        Arrays.fill(target, (byte) 0x5a);
        encoder.write(target, 10);
        if (target[9] != 0x5a || target[bytes + 10] != 0x5a) {
            throw new AssertionError("Written beside the record");
        }
        return Arrays.copyOfRange(target, 10, bytes + 10);
    }

    byte[] nestedByArrow() {
        int count = rows.size();
        byte[] address = sourceBytes();
        var nulls = List.of(0, 0, nulls(Row::dst), nulls(Row::version), nulls(Row::rtt));
        return ArrowRecords.stream(
                ArrowRecords.NESTED,
                count,
                nulls,
                List.of(
                        new byte[0],
                        longs(rows.stream().mapToLong(Row::micros).toArray()),
                        new byte[0],
                        offsets(IntStream.range(0, count).map(i -> address.length)),
                        source.repeat(count).getBytes(StandardCharsets.UTF_8),
                        bitmap(Row::dst),
                        offsets(rows.stream().mapToInt(row -> row.dst == null ? 0 : row.dst.length())),
                        texts(),
                        bitmap(Row::version),
                        versions(),
                        bitmap(Row::rtt),
                        rtts()));
    }

    byte[] recordByArrow() {
        return recordAround(nestedByArrow());
    }

    byte[] recordAround(byte[] nested) {
        long first = rows.getFirst().micros;
        long last = rows.getLast().micros;
        byte[] address = sourceBytes();
        return ArrowRecords.stream(
                ArrowRecords.OUTER,
                1,
                List.of(0, 0, 0, 0, 0, 0),
                List.of(
                        new byte[0],
                        longs(new SourceId().of(address, 0, address.length)),
                        new byte[0],
                        offsets(IntStream.of(nested.length)),
                        nested,
                        new byte[0],
                        Arrays.copyOf(longs(rows.size()), 4),
                        new byte[0],
                        longs(Double.doubleToRawLongBits((last - first) / 1e6)),
                        new byte[0],
                        longs(first),
                        new byte[0],
                        longs(last)));
    }

    private int nulls(Function<Row, @Nullable Object> column) {
        return (int) rows.stream().filter(row -> column.apply(row) == null).count();
    }

    private byte[] bitmap(Function<Row, @Nullable Object> column) {
        if (nulls(column) == 0) {
            return new byte[0];
        }
        byte[] bits = new byte[(rows.size() + 7) / 8];
        for (int i = 0; i < rows.size(); i++) {
            if (column.apply(rows.get(i)) != null) {
                bits[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return bits;
    }

    byte[] texts() {
        var all = new StringBuilder();
        rows.forEach(row -> all.append(Objects.requireNonNullElse(row.dst, "")));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] versions() {
        byte[] bytes = new byte[rows.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Objects.requireNonNullElse(rows.get(i).version, (byte) 0);
        }
        return bytes;
    }

    byte[] rtts() {
        var bytes = ByteBuffer.allocate(4 * rows.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (var row : rows) {
            bytes.putFloat(row.rtt == null ? 0 : row.rtt.isNaN() ? Float.intBitsToFloat(0x7fc00000) : row.rtt);
        }
        return bytes.array();
    }

    static byte[] longs(long... values) {
        var bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    static byte[] offsets(IntStream lengths) {
        int[] each = lengths.toArray();
        var bytes = ByteBuffer.allocate(4 * (each.length + 1)).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        bytes.putInt(at);
        for (int length : each) {
            at += length;
            bytes.putInt(at);
        }
        return bytes.array();
    }

    private static boolean isNull(Random random, int nullEvery) {
        return nullEvery > 0 && random.nextInt(nullEvery) == 0;
    }

    private static float rtt(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> -1;
            case 1 -> Float.intBitsToFloat(0xffc12345);
            case 2 -> Float.POSITIVE_INFINITY;
            default -> random.nextInt(1, 2_000_000) / 1000f;
        };
    }

    /// ASCII, so that characters are bytes.
    static String text(Random random, int most) {
        int length = random.nextInt(most + 1);
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("0123456789abcdef:.".charAt(random.nextInt(18)));
        }
        return text.toString();
    }
}
