package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.TrialContext;
import dyno.engine.Verification.Check;
import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whether ISO 2709 that was written holds what was read: compares the dumps of both. Used once, by one thread.
final class RereadCheck {

    private final MarcWorkload workload;
    private final TrialContext context;
    private final Runners runners;
    private final int files;

    RereadCheck(MarcWorkload workload, TrialContext context, Runners runners, int files) {
        this.workload = workload;
        this.context = context;
        this.runners = runners;
        this.files = files;
    }

    Check check() throws IOException, InterruptedException {
        var paths = new ArrayList<Path>();
        for (int i = 0; i < files; i++) {
            paths.add(context.scratch().resolve("reread-%d.mrc".formatted(i)));
        }
        try {
            try (var writing = runners.sequential()) {
                writing.run(file -> new StoredOutput(paths.get(file), new byte[0]), 0);
            }
            return compare(paths);
        } finally {
            for (var path : paths) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Check compare(List<Path> paths) throws IOException, InterruptedException {
        String input;
        try (var reading = runners.sequential(new WritableDump(), ReadSettings.of(workload))) {
            input = digest(reading);
        }
        var written = new ArrayList<InputFile>();
        for (var path : paths) {
            written.add(InputFile.onDisk(String.valueOf(path.getFileName()), path));
        }
        var settings = new ReadSettings(ErrorMode.STRICT, Validation.STRUCTURAL, CharacterSet.UTF8, Normalization.NONE);
        var worker = new CodecWorker(settings, DumpFormat.ofContent(), written, context.cancellation());
        try (var rereading = new SequentialRunner(worker, files, Operation.JSON)) {
            String output = digest(rereading);
            return Check.of(
                    "rereadEqual",
                    output.equals(input) ? null : "dump of the output %s, of the input %s".formatted(output, input));
        }
    }

    private static String digest(SequentialRunner runner) throws IOException {
        var digest = Digests.sha256();
        var run = runner.run(
                file -> new StreamedOutput((bytes, count) -> digest.update(bytes, 0, count), new byte[0]), 1);
        if (run.stop != null) {
            digest.update(run.stop.sentence().getBytes(UTF_8));
        }
        return Digests.labelled(digest.digest());
    }
}
