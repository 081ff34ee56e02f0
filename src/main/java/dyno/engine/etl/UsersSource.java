package dyno.engine.etl;

import dyno.engine.FailureCode;
import dyno.engine.etl.DeadLetter.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The users of a dataset, in the order of its files and lines. Read by one extractor.
final class UsersSource implements Source<OriginalUser, ObjectBatch<OriginalUser>> {

    private final Dataset dataset;
    private final AtomicLong unknownFields;

    /// What is read of which files, and how.
    ///
    /// @param files       in order
    /// @param most        lines, at most
    /// @param batchBytes  most canonical bytes of a batch
    /// @param blockLines  a batch has the records of so many lines, wherever bad ones are: so batches are
    ///                    the same in every run; 0: it has as many records as it may
    /// @param isTolerant  whether a line that is no user becomes a dead letter; else it ends the run
    record Dataset(List<Path> files, long most, long batchBytes, int blockLines, boolean isTolerant) {}

    /// @param unknownFields counts fields that no user has
    UsersSource(Dataset dataset, AtomicLong unknownFields) {
        this.dataset = dataset;
        this.unknownFields = unknownFields;
    }

    @Override
    public Reader<OriginalUser, ObjectBatch<OriginalUser>> open(int extractor, Rejects rejects) {
        return new Users(rejects);
    }

    private final class Users implements Reader<OriginalUser, ObjectBatch<OriginalUser>> {

        private final Rejects rejects;
        private final UserReader users = new UserReader();
        private int nextFile;
        private @Nullable JsonLines lines;
        private String file = "";
        private long leftLines = dataset.most();
        private int leftInBlock = dataset.blockLines();
        private boolean atEnd;

        /// Read, and too long for the batch.
        private @Nullable OriginalUser waiting;

        Users(Rejects rejects) {
            this.rejects = rejects;
        }

        @Override
        public int fill(ObjectBatch<OriginalUser> batch, int most) throws IOException, InterruptedException {
            int appended = 0;
            while (appended < most) {
                if (isBlockDone()) {
                    if (batch.size() > 0) {
                        return appended;
                    }
                    leftInBlock = dataset.blockLines();
                }
                var user = next();
                if (user == null) {
                    return appended;
                }
                if (batch.size() > 0 && batch.inputBytes() + user.canonicalBytes() > dataset.batchBytes()) {
                    waiting = user;
                    return appended;
                }
                batch.add(user);
                appended++;
            }
            return appended;
        }

        private boolean isBlockDone() {
            return dataset.blockLines() > 0 && leftInBlock == 0;
        }

        /// Of a block that ends with bad lines there is none left although there are more lines.
        @Override
        public @Nullable OriginalUser next() throws IOException, InterruptedException {
            var held = waiting;
            if (held != null) {
                waiting = null;
                return held;
            }
            while (!isBlockDone() && advance()) {
                leftInBlock--;
                var user = read();
                if (user != null) {
                    return user;
                }
            }
            return null;
        }

        /// Goes to the next line, be it in the next file.
        private boolean advance() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            while (leftLines > 0) {
                if (lines == null && nextFile == dataset.files().size()) {
                    break;
                }
                if (advanceInFile()) {
                    leftLines--;
                    return true;
                }
            }
            atEnd = true;
            return false;
        }

        /// @return false at a file's end
        private boolean advanceInFile() {
            var open = lines;
            try {
                if (open == null) {
                    var path = dataset.files().get(nextFile++);
                    file = String.valueOf(path.getFileName());
                    open = new JsonLines(Files.newInputStream(path));
                    lines = open;
                }
                if (open.advance()) {
                    return true;
                }
                open.close();
                lines = null;
                return false;
            } catch (IOException e) {
                throw unreadable(e, open);
            }
        }

        private PipelineException unreadable(IOException e, @Nullable JsonLines line) {
            return line == null
                    ? new PipelineException(
                            FailureCode.INVALID_INPUT,
                            "%s cannot be read: %s".formatted(file, e),
                            Map.of("file", file),
                            e)
                    : new PipelineException(
                            FailureCode.INVALID_INPUT,
                            "%s, line %d (at byte %d) cannot be read: %s"
                                    .formatted(file, line.number(), line.offset(), e.getMessage()),
                            Map.of("file", file, "line", line.number(), "byte", line.offset()),
                            e);
        }

        /// Null where the line became a dead letter.
        private @Nullable OriginalUser read() throws IOException {
            var line = lines;
            if (line == null) {
                throw new IllegalStateException("No line was read");
            }
            var place = new Place(file, line.number());
            try {
                return users.read(line.bytes(), line.from(), line.length(), place);
            } catch (BadUserException e) {
                if (!dataset.isTolerant()) {
                    throw bad(e, line);
                }
                var text = Arrays.copyOfRange(line.bytes(), line.from(), line.to());
                rejects.reject(new DeadLetter(null, 0, 0, String.valueOf(e.getMessage()), text, place));
                return null;
            }
        }

        private PipelineException bad(BadUserException e, JsonLines line) {
            return new PipelineException(
                    FailureCode.INVALID_INPUT,
                    "%s, line %d (at byte %d): %s".formatted(file, line.number(), line.offset(), e.getMessage()),
                    Map.of("file", file, "line", line.number(), "byte", line.offset(), "field", e.field()),
                    e);
        }

        @Override
        public boolean isAtEnd() {
            return atEnd && waiting == null;
        }

        @Override
        public void close() throws IOException {
            unknownFields.addAndGet(users.unknownFields());
            var open = lines;
            lines = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
