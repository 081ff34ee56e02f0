package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// One generated file in memory, and workers on it.
final class Bench {

    /// Records of an invocation, so that scores are records a second.
    static final int RECORDS = 2_000;

    private final List<InputFile> files;

    Bench(Shape shape, Encoding encoding) {
        var generator = new Generator(new Generate(RECORDS, shape, 0, encoding, 42));
        var output = Output.keeping();
        for (int i = 0; i < RECORDS; i++) {
            generator.append(i, output);
        }
        files = List.of(InputFile.inMemory("bench.mrc", Arrays.copyOf(output.bytes, output.size)));
    }

    List<InputFile> files() {
        return files;
    }

    static ReadSettings settings() {
        return new ReadSettings(ErrorMode.STRICT, Validation.STRUCTURAL, CharacterSet.AUTO, Normalization.NFC);
    }

    CodecWorker worker(RecordConsumer consumer) {
        return new CodecWorker(settings(), consumer, files, Cancellation.NONE);
    }

    static long run(FileWorker worker) throws IOException {
        var totals = worker.process(0, new DiscardedOutput(), 0).totals();
        return totals.tagSum + totals.outputBytes;
    }
}
