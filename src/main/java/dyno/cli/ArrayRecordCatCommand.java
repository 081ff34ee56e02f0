package dyno.cli;

import dyno.engine.EngineException;
import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.ChunkReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints records: a JSON line each, a JSON line for each of their rows, or one record's bytes.
@Command(
        name = "cat",
        description = {
            "Print a JSON line {index, bytes, sha256} for each record, or the bytes of one.",
            "A damaged chunk is told on stderr, the others are printed, and the exit code is 1."
        })
final class ArrayRecordCatCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--index", paramLabel = "I", description = "Only the record of this number, from 0 on.")
    private @Nullable Long index;

    @Option(names = "--raw", description = "The record's bytes and nothing else. Needs --index.")
    private boolean raw;

    @Option(names = "--rows", description = "Decode probe records: a JSON line for each measurement.")
    private boolean rows;

    private final Session session;
    private final GenerateCommand.Output output;
    private final MessageDigest sha256 = newSha256();
    private boolean isDamaged;

    ArrayRecordCatCommand(Session session) {
        this(session, GenerateCommand.Output.OF_PROCESS);
    }

    ArrayRecordCatCommand(Session session, GenerateCommand.Output output) {
        this.session = session;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        ArrayRecordCommand.requireFile(file);
        if (raw && index == null) {
            throw new UnusableArgumentException("--raw needs --index");
        }
        if (raw && rows) {
            throw new UnusableArgumentException("--raw prints bytes and --rows prints lines; use one of them");
        }
        try (var opened = ArrayRecordFile.open(file)) {
            if (index == null) {
                printAll(opened);
            } else {
                printOne(opened, index);
            }
        } catch (EngineException e) {
            tell(e);
        }
        return isDamaged ? ExitCode.JOB_FAILED : ExitCode.FINE;
    }

    private void printOne(ArrayRecordFile opened, long record) throws IOException {
        if (record < 0 || record >= opened.records()) {
            throw new UnusableArgumentException(
                    "--index %d is not one of the %d records".formatted(record, opened.records()));
        }
        byte[] bytes = opened.get(record);
        if (raw) {
            try (var target = output.open()) {
                target.write(ByteBuffer.wrap(bytes));
            }
            return;
        }
        try (var lines = new BlockPrinter(session.terminal().out())) {
            print(record, bytes, 0, bytes.length, lines);
        }
    }

    private void printAll(ArrayRecordFile opened) throws IOException {
        try (var reader = opened.reader();
                var lines = new BlockPrinter(session.terminal().out())) {
            for (int chunk = 0; chunk < opened.chunks() && lines.isWanted(); chunk++) {
                printChunk(opened, reader, chunk, lines);
            }
        }
    }

    private void printChunk(ArrayRecordFile opened, ChunkReader reader, int chunk, BlockPrinter lines)
            throws IOException {
        try {
            reader.read(chunk);
        } catch (EngineException e) {
            tell(e);
            return;
        }
        long first = chunk * opened.groupSize();
        for (int i = 0; i < reader.records() && lines.isWanted(); i++) {
            print(first + i, reader.bytes(), reader.recordFrom(i), reader.recordLength(i), lines);
        }
    }

    private void print(long record, byte[] bytes, int from, int length, BlockPrinter lines) {
        if (rows) {
            try {
                ProbeRows.print(record, bytes, from, length, lines);
            } catch (EngineException e) {
                isDamaged = true;
                session.terminal().err().println("Record %d: %s".formatted(record, e.getMessage()));
            }
            return;
        }
        sha256.update(bytes, from, length);
        lines.line(Json.object()
                .put("index", record)
                .put("bytes", length)
                .put("sha256", HexFormat.of().formatHex(sha256.digest()))
                .toString());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private void tell(EngineException e) {
        isDamaged = true;
        session.terminal().err().println(e.getMessage());
    }
}
