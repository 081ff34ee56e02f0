package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import dyno.engine.grouping.GroupingWorkload.SqlTransport;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The default input in every form, grouped by every strategy that does so in seconds, with every number of workers.
@Tag("long")
class IdenticalFilesTest {

    private static final List<String> NAMES = List.of("train.arrayrecord", "test.arrayrecord", "manifest.json");

    @TempDir
    private static Path folder;

    private final Grouper grouper = new Grouper(folder);

    @ParameterizedTest
    @CsvSource({"1, TIME", "1, SHUFFLED", "8, TIME", "8, SHUFFLED"})
    void makesTheSameFilesWithAnyStrategyAndAnyWorkers(int inputFiles, RowOrder order) throws Exception {
        grouper.generate = new Generate(500_028, 18_928, 0.8, 42, inputFiles, order);
        var found = new HashMap<Map<String, String>, String>();
        for (int workers : new int[] {1, 2, 4, 8}) {
            grouper.workers = workers;
            found.put(files(Strategy.COLUMNAR, SqlTransport.ARROW), "COLUMNAR " + workers);
            found.put(files(Strategy.STREAMING, SqlTransport.ARROW), "STREAMING " + workers);
            found.put(files(Strategy.SQL_GROUP_BY, SqlTransport.ARROW), "SQL_GROUP_BY " + workers);
        }
        found.put(files(Strategy.SQL_GROUP_BY, SqlTransport.JDBC), "SQL_GROUP_BY JDBC");

        assertThat(found).hasSize(1);
    }

    /// 18,928 queries, each over the whole input: minutes.
    @Test
    void makesTheSameFilesByAQueryForEachProbe() throws Exception {
        grouper.generate = Grouper.DEFAULT;

        assertThat(files(Strategy.QUERY_PER_KEY, SqlTransport.ARROW))
                .isEqualTo(files(Strategy.COLUMNAR, SqlTransport.ARROW));
    }

    /// SHA-256 of each file.
    private Map<String, String> files(Strategy strategy, SqlTransport transport) throws Exception {
        grouper.strategy = strategy;
        grouper.transport = transport;
        var context = grouper.context();
        var files = new HashMap<String, String>();
        try (var trial = GroupingTrial.prepare(grouper.workload(), context)) {
            trial.invoke();
            for (var name : NAMES) {
                files.put(name, sha256(context.scratch().resolve("output").resolve(name)));
            }
        }
        MadeFiles.delete(context.scratch());
        return files;
    }

    private static String sha256(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return new Sha256().update(bytes, 0, bytes.length).hex();
    }
}
