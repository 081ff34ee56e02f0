package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind;
import dyno.engine.EngineException;
import dyno.engine.InvalidDatasetException;
import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Kind `marc`: ISO 2709 files, gzip ones unpacked. Damaged files are welcome; only what holds no record at all is not.
///
/// A file is read through once, mode LENIENT, values included, in a window of 2 to 32 MiB.
final class MarcDatasets implements DatasetKind {

    private static final int WINDOW_BYTES = 2 << 20;

    /// A record whose end is not found within this is none; a sound one has 99,999 bytes at most.
    private static final int LARGEST_WINDOW_BYTES = 32 << 20;

    /// Facts that add up over files, in the order in which they are shown.
    private static final List<String> SUMS =
            List.of("bytes", "records", "recordsRepaired", "recordsDropped", "fields", "subfields");

    private static final List<String> LONGEST = List.of("longestRecordBytes", "longestFieldBytes");

    private static final List<String> COUNTS = List.of("encodings", "errors");

    private static final String FIRST_ERRORS = "firstErrors";

    @Override
    public String id() {
        return "marc";
    }

    @Override
    public String description() {
        return "ISO 2709 files, plain or gzip";
    }

    @Override
    public TakenFile take(ReceivedFile file) throws IOException {
        var content = file.content();
        if (Gzip.isGzip(content)) {
            content = file.scratch().resolve("unpacked");
            Gzip.unpack(file, content);
        }
        var facts = read(file.name(), content);
        if (Files.size(content) > 0 && Objects.equals(facts.get("records"), 0L)) {
            throw new InvalidDatasetException(file.name(), "No record can be found").atByte(0);
        }
        return new TakenFile(content, facts);
    }

    private static Map<String, Object> read(String name, Path path) throws IOException {
        var consumer = new FactsConsumer();
        var settings = new ReadSettings(ErrorMode.LENIENT, Validation.STRUCTURAL, CharacterSet.AUTO, Normalization.NFC);
        var processor = new RecordProcessor(settings, consumer, new Output(OutputSink.DISCARD));
        var window = new Window(WINDOW_BYTES, false, LARGEST_WINDOW_BYTES);
        processor.restart(name, ErrorLog.SHOWN);
        var input = InputFile.onDisk(name, path);
        try (var opened = input.open()) {
            opened.attach(window);
            new PartReader(processor, stopOnInterrupt()).read(new Framer(window, 0L), Long.MAX_VALUE, 0);
        } catch (EngineException e) {
            var refused = new InvalidDatasetException(name, String.valueOf(e.getMessage()), e);
            throw e.details().get("byte") instanceof Long offset ? refused.atByte(offset) : refused;
        }
        return facts(processor, consumer, input.sizeBytes());
    }

    private static Cancellation stopOnInterrupt() {
        return () -> Thread.currentThread().isInterrupted();
    }

    private static Map<String, Object> facts(RecordProcessor processor, FactsConsumer consumer, long bytes) {
        var totals = processor.totals();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("bytes", bytes);
        facts.put("records", totals.records);
        facts.put("recordsRepaired", totals.repaired);
        facts.put("recordsDropped", totals.dropped);
        facts.put("fields", totals.fields);
        facts.put("subfields", totals.subfields);
        facts.put("longestRecordBytes", consumer.longestRecordBytes());
        facts.put("longestFieldBytes", consumer.longestFieldBytes());
        facts.put("encodings", consumer.encodings());
        var errors = new LinkedHashMap<String, Object>();
        processor.log().counts().forEach((code, count) -> errors.put(code.name(), count));
        facts.put("errors", errors);
        facts.put(
                FIRST_ERRORS,
                processor.log().first().stream().map(MarcError::asTree).toList());
        return facts;
    }

    @Override
    public Map<String, Object> facts(List<DatasetFile> files) {
        var whole = new LinkedHashMap<String, Object>();
        for (var sum : SUMS) {
            whole.put(sum, files.stream().mapToLong(file -> number(file, sum)).sum());
        }
        for (var longest : LONGEST) {
            whole.put(
                    longest,
                    files.stream()
                            .mapToLong(file -> number(file, longest))
                            .max()
                            .orElse(0));
        }
        for (var counts : COUNTS) {
            whole.put(counts, added(files, counts));
        }
        whole.put(FIRST_ERRORS, firstErrors(files));
        return whole;
    }

    private static long number(DatasetFile file, String fact) {
        if (file.facts().get(fact) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("File %s has no fact %s".formatted(file.name(), fact));
    }

    private static Map<String, Object> added(List<DatasetFile> files, String counts) {
        var sums = new LinkedHashMap<String, Object>();
        for (var file : files) {
            if (file.facts().get(counts) instanceof Map<?, ?> ofFile) {
                ofFile.forEach((key, count) ->
                        sums.merge(String.valueOf(key), ((Number) count).longValue(), (a, b) -> (Long) a + (Long) b));
            }
        }
        return sums;
    }

    private static List<Object> firstErrors(List<DatasetFile> files) {
        var first = new ArrayList<Object>();
        for (var file : files) {
            if (file.facts().get(FIRST_ERRORS) instanceof List<?> ofFile) {
                ofFile.stream().limit(ErrorLog.SHOWN - first.size()).forEach(first::add);
            }
        }
        return first;
    }
}
