package dyno.cli;

import dyno.engine.EngineException;
import dyno.engine.arrayrecord.ArrayRecordFile;
import dyno.engine.arrayrecord.BlockFacts;
import dyno.engine.arrayrecord.ChunkFacts;
import dyno.engine.arrayrecord.Inspector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Says as JSON what an ArrayRecord file holds.
@Command(
        name = "describe",
        description = {"Print what a file holds, as JSON. Reads all of it; what is wrong goes to stderr."})
final class ArrayRecordDescribeCommand implements Callable<Integer> {

    /// What cannot be known of a file whose footer cannot be read.
    private static final List<String> OF_THE_FOOTER =
            List.of("records", "chunks", "groupSize", "writerOptions", "footerOffset", "decodedBytes");

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--chunks", description = "Add an array of all chunks.")
    private boolean chunks;

    @Option(names = "--blocks", description = "Add an array of all block headers.")
    private boolean blocks;

    private final Session session;

    ArrayRecordDescribeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ArrayRecordCommand.requireFile(file);
        var chunkList = Json.object().putArray("chunks");
        var blockList = Json.object().putArray("blocks");
        var inspection = Inspector.inspect(
                file,
                chunk -> {
                    if (chunks) {
                        add(chunkList, chunk);
                    }
                },
                block -> {
                    if (blocks) {
                        add(blockList, block);
                    }
                });
        var tree = Json.object().put("bytes", inspection.bytes());
        boolean isOpen = describe(tree);
        tree.put("valid", inspection.isValid());
        if (!isOpen) {
            tree.put("reason", "FOOTER_UNREADABLE");
        }
        if (chunks) {
            tree.set("chunkList", chunkList);
        }
        if (blocks) {
            tree.set("blockList", blockList);
        }
        session.terminal().out().println(Json.pretty(tree));
        inspection.defects().forEach(defect -> session.terminal().err().println(defect.message()));
        return inspection.isValid() ? ExitCode.FINE : ExitCode.JOB_FAILED;
    }

    private boolean describe(ObjectNode tree) throws IOException {
        try (var opened = ArrayRecordFile.open(file)) {
            tree.put("records", opened.records())
                    .put("chunks", opened.chunks())
                    .put("groupSize", opened.groupSize())
                    .put("writerOptions", opened.writerOptions())
                    .put("footerOffset", opened.footerOffset())
                    .put("decodedBytes", opened.decodedBytes());
            return true;
        } catch (EngineException e) {
            // Told by the inspection too.
            OF_THE_FOOTER.forEach(tree::putNull);
            return false;
        }
    }

    private static void add(ArrayNode list, ChunkFacts chunk) {
        list.addObject()
                .put("begin", chunk.begin())
                .put("end", chunk.end())
                .put("type", chunk.type())
                .put("records", chunk.records())
                .put("dataSize", chunk.dataBytes())
                .put("decodedSize", chunk.decodedBytes())
                .put("compression", chunk.compression().isEmpty() ? null : chunk.compression());
    }

    private static void add(ArrayNode list, BlockFacts block) {
        list.addObject()
                .put("offset", block.offset())
                .put("previous", block.previous())
                .put("next", block.next());
    }
}
