package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Reads bytes in one go, for tests.
final class Reading {

    static final int ALL = Integer.MAX_VALUE;

    private Reading() {}

    /// What came of it.
    ///
    /// @param errors all of them
    /// @param stop   the error at which STRICT stopped; null where it did not
    record Outcome(Totals totals, ErrorLog log, List<MarcError> errors, byte[] output, MarcError stop) {

        String text() {
            return new String(output, java.nio.charset.StandardCharsets.UTF_8);
        }

        String sha256() {
            return Digests.hex(Digests.sha256().digest(output));
        }

        List<Defect> codes() {
            return errors.stream().map(MarcError::code).toList();
        }
    }

    static byte[] generate(Shape shape, int records) {
        return generate(new Generate(records, shape, 0, Encoding.UTF8, 42));
    }

    static byte[] generate(Generate generate) {
        var generator = new Generator(generate);
        var output = Output.keeping();
        for (int i = 0; i < generate.records(); i++) {
            generator.append(i, output);
        }
        return Arrays.copyOf(output.bytes, output.size);
    }

    static byte[] damaged() {
        return generate(new Generate(10_000, Shape.TINY, 0.02, Encoding.UTF8, 42));
    }

    static RecordConsumer json() {
        return JsonFormat.marcInJson(JsonContainer.LINES);
    }

    static ReadSettings settings(ErrorMode mode) {
        return new ReadSettings(mode, Validation.STRUCTURAL, CharacterSet.AUTO, Normalization.NFC);
    }

    static Outcome read(byte[] input, RecordConsumer consumer, ErrorMode mode) {
        return read(input, consumer, settings(mode));
    }

    static Outcome read(byte[] input, RecordConsumer consumer, ReadSettings settings) {
        var files = List.of(InputFile.inMemory("a.mrc", input));
        var kept = new ByteArrayOutputStream();
        var worker = new CodecWorker(settings, consumer, files, () -> false);
        try {
            var output = new StreamedOutput((bytes, count) -> kept.write(bytes, 0, count), consumer.header());
            var result = worker.process(0, output, ALL);
            return new Outcome(result.totals(), result.log(), result.log().first(), kept.toByteArray(), result.stop());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `record TAB byteOffset TAB code TAB tag` lines.
    static String lines(List<MarcError> errors) {
        return errors.stream()
                .map(error -> "%d\t%d\t%s\t%s\n"
                        .formatted(
                                error.record(),
                                error.byteOffset(),
                                error.code(),
                                error.tag() == null ? "" : error.tag()))
                .collect(Collectors.joining());
    }
}
