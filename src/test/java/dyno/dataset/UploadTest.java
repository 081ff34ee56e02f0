package dyno.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.dataset.StoredDataset.StoredFile;
import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind;
import dyno.engine.DatasetTooLargeException;
import dyno.engine.InvalidDatasetException;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {

    private static final long MIB = 1 << 20;

    private final AtomicLong freeBytes = new AtomicLong(500 * MIB);
    private final DiskRoom room = new DiskRoom(freeBytes::get, 100 * MIB, 200 * MIB);

    @TempDir
    private Path root;

    @Test
    void keepsWhatTheKindMadeOfTheFile() throws Exception {
        try (var upload = upload()) {
            var sha256 = upload.receive(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}));
            assertThat(sha256).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

            var kept = upload.take(new Taking(Taking.Way.CONVERTS), sha256);

            assertThat(kept.content()).hasContent("f of 419430400");
            assertThat(kept.file())
                    .isEqualTo(new StoredFile("f", 14, ContentDigest.of(kept.content()), Map.of("lines", 1L)));
        }
        assertThat(root.resolve("upload")).doesNotExist();
    }

    @Test
    void stopsBeforeTheReserveIsTouched() throws Exception {
        freeBytes.set(100 * MIB + 1000);

        try (var upload = upload()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> upload.receive(new ByteArrayInputStream(new byte[2000])))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.RESOURCE_LIMIT))
                    .withMessageContaining("1000 are free beyond the reserve of 104857600");
        }
    }

    @Test
    void looksAtTheDiskAgainWhileBytesArrive() throws Exception {
        try (var upload = upload()) {
            var endless = new java.io.InputStream() {
                private long read;

                @Override
                public int read() {
                    return 0;
                }

                @Override
                public int read(byte[] buffer, int from, int length) {
                    read += length;
                    if (read > 10 * MIB) {
                        freeBytes.set(100 * MIB);
                    }
                    return length;
                }
            };
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> upload.receive(endless))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.RESOURCE_LIMIT));
        }
    }

    @Test
    void saysOfAFullDiskThatItIsFull() {
        var full = room.explain(new IOException("No space left on device"));
        var other = room.explain(new IOException("Input/output error"));

        assertThat(full)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.RESOURCE_LIMIT));
        assertThat(other).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void tellsWhereTheKindFoundAFault() throws Exception {
        try (var upload = upload()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> upload.take(new Taking(Taking.Way.REFUSES), ""))
                    .withMessage("The time is missing (file f, line 3, byte 40, row 2, column time)")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.INVALID_DATASET))
                    .satisfies(e -> assertThat(e.members())
                            .containsExactly(
                                    Map.entry("file", "f"),
                                    Map.entry("line", 3L),
                                    Map.entry("byte", 40L),
                                    Map.entry("row", 2L),
                                    Map.entry("column", "time")));
        }
    }

    @Test
    void tellsALimitFromAFullDisk() throws Exception {
        try (var upload = upload()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> upload.take(new Taking(Taking.Way.GROWS), ""))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.TOO_LARGE));
        }
        freeBytes.set(150 * MIB);
        try (var upload = upload()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> upload.take(new Taking(Taking.Way.GROWS), ""))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.RESOURCE_LIMIT));
        }
    }

    private Upload upload() throws IOException {
        return new Upload(Files.createDirectory(root.resolve("upload")), room, "f");
    }

    /// A kind of which each way to take a file is one.
    private record Taking(Way way) implements DatasetKind {

        enum Way {
            CONVERTS,
            REFUSES,
            GROWS
        }

        @Override
        public String id() {
            return "lines";
        }

        @Override
        public String description() {
            return "lines of text";
        }

        @Override
        public TakenFile take(ReceivedFile file) throws IOException {
            return switch (way) {
                case CONVERTS ->
                    new TakenFile(
                            Files.writeString(
                                    file.scratch().resolve("made"), file.name() + " of " + 2 * file.maxBytes()),
                            Map.of("lines", 1L));
                case REFUSES ->
                    throw new InvalidDatasetException(file.name(), "The time is missing")
                            .atLine(3)
                            .atByte(40)
                            .atRow(2)
                            .atColumn("time");
                case GROWS -> throw new DatasetTooLargeException(file.name(), file.maxBytes());
            };
        }

        @Override
        public Map<String, Object> facts(List<DatasetFile> files) {
            return Map.of();
        }
    }
}
