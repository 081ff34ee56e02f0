package dyno.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The file that a service of our own writes to, and where in it the service began.
///
/// @param file  `service.log` in the data folder's `logs`
/// @param start bytes that earlier services wrote
record ServiceLog(Path file, long start) {

    private static final int SHOWN_LINES = 20;

    /// Room for twenty long lines; stack traces are shown from their end.
    private static final int SHOWN_BYTES = 16_384;

    static ServiceLog in(Path data) throws IOException {
        var folder = Files.createDirectories(data.resolve("logs"));
        var file = folder.resolve("service.log");
        return new ServiceLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /// The last lines, each with two blanks before it; says so where there are none.
    String lastLines() throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.max(start, log.length() - SHOWN_BYTES));
            byte[] end = new byte[Math.toIntExact(log.length() - log.getFilePointer())];
            log.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            if (lines.isEmpty()) {
                return "  (" + file + " has nothing to say)";
            }
            var shown = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return "  " + String.join("\n  ", shown) + "\n  (" + file + ")";
        }
    }
}
