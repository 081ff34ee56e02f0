package dyno.engine.arrayrecord;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Files in memory, written record by record.
final class Packed {

    private Packed() {}

    static byte[] file(String options, List<byte[]> records) {
        var file = new ByteArrayOutputStream();
        try (var writer = ArrayRecordWriter.to(Channels.newChannel(file), WriterOptions.parse(options))) {
            for (byte[] each : records) {
                writer.write(each);
            }
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /// Random lengths up to `longest`, half of the bytes random.
    static List<byte[]> records(Random random, int count, int longest) {
        var records = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(longest + 1)];
            for (int j = 0; j < bytes.length; j += 2) {
                bytes[j] = (byte) random.nextInt();
            }
            records.add(bytes);
        }
        return records;
    }
}
