package dyno.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// Makes small ISO 2709 files.
public final class Mrc {

    private Mrc() {}

    /// A file of records with fields 001 (`from`, `from + 1`, …) and 245.
    public static byte[] file(int from, int records) {
        var file = new StringBuilder();
        for (int i = from; i < from + records; i++) {
            var number = "%08d\u001e".formatted(i);
            var title = "10\u001faTitle %d\u001e".formatted(i);
            var directory = "001%04d00000245%04d%05d\u001e".formatted(number.length(), title.length(), number.length());
            int base = 24 + directory.length();
            int length = base + number.length() + title.length() + 1;
            file.append("%05dnam a22%05d a 4500".formatted(length, base))
                    .append(directory)
                    .append(number)
                    .append(title)
                    .append('\u001d');
        }
        return file.toString().getBytes(UTF_8);
    }

    /// The bytes packed.
    public static byte[] gzip(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
