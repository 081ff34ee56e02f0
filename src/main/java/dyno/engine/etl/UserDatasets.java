package dyno.engine.etl;

import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind;
import dyno.engine.DatasetTooLargeException;
import dyno.engine.InvalidDatasetException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Kind `users`: JSON Lines, one user a line, plain or gzip; gzip files are kept unpacked.
///
/// Only framing is looked at: each line one JSON object in UTF-8 of at most 16 MiB. What is in the objects the job
/// finds
/// out, which can make dead letters of bad ones.
final class UserDatasets implements DatasetKind {

    private static final String LINES = "lines";
    private static final String LINE_BYTES = "lineBytes";
    private static final String SMALLEST = "smallestLineBytes";
    private static final String LARGEST = "largestLineBytes";
    private static final String MEAN = "meanLineBytes";
    private static final String FIRST_ID = "firstId";
    private static final String LAST_ID = "lastId";

    private static final int BUFFER = 64 * 1024;

    @Override
    public String id() {
        return "users";
    }

    @Override
    public String description() {
        return "JSON Lines files, one user a line, plain or gzip";
    }

    @Override
    public TakenFile take(ReceivedFile file) throws IOException {
        var content = isGzip(file.content()) ? unpacked(file) : file.content();
        return new TakenFile(content, facts(file.name(), content));
    }

    private static boolean isGzip(Path content) throws IOException {
        try (var in = Files.newInputStream(content)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static Path unpacked(ReceivedFile file) throws IOException {
        var unpacked = file.scratch().resolve("unpacked");
        var buffer = new byte[BUFFER];
        long bytes = 0;
        try (var in = new GZIPInputStream(Files.newInputStream(file.content()), BUFFER);
                var out = Files.newOutputStream(unpacked)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                if (bytes > file.maxBytes()) {
                    throw new DatasetTooLargeException(file.name(), file.maxBytes());
                }
                out.write(buffer, 0, count);
            }
        } catch (ZipException | EOFException e) {
            throw new InvalidDatasetException(file.name(), "It is no whole gzip file: " + e.getMessage(), e);
        }
        return unpacked;
    }

    private static Map<String, Object> facts(String name, Path content) throws IOException {
        try (var lines = new JsonLines(Files.newInputStream(content))) {
            return new Framing(name, lines).facts();
        }
    }

    /// One file's lines.
    private static final class Framing {

        private final String name;
        private final JsonLines lines;
        private final JsonScanner scanner = new JsonScanner();
        private final UserReader reader = new UserReader();

        private Framing(String name, JsonLines lines) {
            this.name = name;
            this.lines = lines;
        }

        private Map<String, Object> facts() throws IOException {
            long count = 0;
            long bytes = 0;
            long smallest = Long.MAX_VALUE;
            long largest = 0;
            var facts = new LinkedHashMap<String, Object>();
            Long lastId = null;
            while (advance()) {
                requireObject();
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("Interrupted at line " + lines.number());
                }
                lastId = reader.id(lines.bytes(), lines.from(), lines.length());
                if (count == 0 && lastId != null) {
                    facts.put(FIRST_ID, lastId);
                }
                count++;
                bytes += lines.length();
                smallest = Math.min(smallest, lines.length());
                largest = Math.max(largest, lines.length());
            }
            if (count == 0) {
                throw new InvalidDatasetException(name, "There is no record in it")
                        .atLine(1)
                        .atByte(0);
            }
            if (lastId != null) {
                facts.put(LAST_ID, lastId);
            }
            return withSizes(facts, count, bytes, smallest, largest);
        }

        private boolean advance() throws IOException {
            try {
                return lines.advance();
            } catch (JsonLines.LineTooLongException e) {
                throw new InvalidDatasetException(name, String.valueOf(e.getMessage()), e)
                        .atLine(lines.number())
                        .atByte(lines.offset());
            }
        }

        private void requireObject() {
            int wrong = scanner.check(lines.bytes(), lines.from(), lines.to());
            if (wrong != JsonScanner.FINE) {
                throw new InvalidDatasetException(
                                name,
                                "The line is not one JSON object in UTF-8: byte %d of it is wrong"
                                        .formatted(wrong - lines.from()))
                        .atLine(lines.number())
                        .atByte(lines.offset());
            }
        }
    }

    private static Map<String, Object> withSizes(
            Map<String, Object> facts, long count, long bytes, long smallest, long largest) {
        facts.put(LINES, count);
        facts.put(LINE_BYTES, bytes);
        facts.put(SMALLEST, smallest);
        facts.put(LARGEST, largest);
        facts.put(MEAN, (double) bytes / count);
        return facts;
    }

    @Override
    public Map<String, Object> facts(List<DatasetFile> files) {
        var facts = new LinkedHashMap<String, Object>();
        var first = files.getFirst().facts().get(FIRST_ID);
        var last = files.getLast().facts().get(LAST_ID);
        if (first != null) {
            facts.put(FIRST_ID, first);
        }
        if (last != null) {
            facts.put(LAST_ID, last);
        }
        return withSizes(
                facts,
                files.stream().mapToLong(file -> number(file.facts(), LINES)).sum(),
                files.stream()
                        .mapToLong(file -> number(file.facts(), LINE_BYTES))
                        .sum(),
                files.stream()
                        .mapToLong(file -> number(file.facts(), SMALLEST))
                        .min()
                        .orElse(0),
                files.stream()
                        .mapToLong(file -> number(file.facts(), LARGEST))
                        .max()
                        .orElse(0));
    }

    static long lines(Map<String, Object> facts) {
        return number(facts, LINES);
    }

    static long largestLine(Map<String, Object> facts) {
        return number(facts, LARGEST);
    }

    private static long number(Map<String, Object> facts, String name) {
        if (facts.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("There is no fact " + name);
    }
}
