package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/// Main class of a child process of strategy PROCESSES: one file, then it ends.
///
/// The request comes over standard input, which stays open as long as the parent lives; when it ends, so does
/// the child, even where the parent was killed.
public final class MarcChild {

    private static final int PARENT_IS_GONE = 3;

    private MarcChild() {}

    /// @param args none
    public static void main(String[] args) throws IOException {
        var in = new DataInputStream(System.in);
        var request = ChildRequest.read(in);
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> endWithParent(in));
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(request.result())))) {
            try {
                process(request).write(out);
            } catch (EngineException e) {
                ChildAnswer.writeFailure(out, e);
            }
        }
    }

    private static ChildAnswer process(ChildRequest request) throws IOException {
        var files = List.of(InputFile.onDisk(request.name(), request.input()));
        var worker = FileWorkers.of(request.workload(), files, Cancellation.NONE);
        var format = Consumers.framing(request.workload());
        try (var output = switch (request.outputMode()) {
            case DISCARD -> new DiscardedOutput();
            case STORE -> new StoredOutput(request.output(), format.header());
            case DIGEST -> new DigestedOutput();
        }) {
            var result = worker.process(0, output, request.keepErrors());
            var pieces = output instanceof DigestedOutput digested ? digested.pieces() : List.<Digests.Piece>of();
            return new ChildAnswer(result, output.bytes(), output.writeNanos(), pieces);
        }
    }

    private static void endWithParent(DataInputStream in) {
        try {
            while (in.read() >= 0) {
                // Nothing more is ever sent.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(PARENT_IS_GONE);
        }
    }
}
