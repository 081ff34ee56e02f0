package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Cancellation;
import dyno.engine.TrialContext;
import dyno.support.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputCacheTest {

    private final TrialContext context = context();

    @Test
    void makesRoomForTheNewestByRemovingWholeEntries() throws Exception {
        var cache = new InputCache(context, 1);
        var first = cache.require(generate(1));
        var second = cache.require(generate(2));

        assertThat(first).doesNotExist();
        assertThat(second).isNotEmptyDirectory();
        assertThat(children(context.cache().resolve("aggregation"))).containsExactly(second);
        assertThat(children(context.scratch())).isEmpty();
    }

    @Test
    void findsWhatItMade() throws Exception {
        var cache = new InputCache(context, 1L << 30);
        var made = cache.require(generate(1));
        var time = Files.getLastModifiedTime(InputTables.below(made).of(Table.POD_USAGE).stream()
                .map(file -> made.resolve(file.name()))
                .findFirst()
                .orElseThrow());

        assertThat(cache.require(generate(1))).isEqualTo(made);
        assertThat(Files.getLastModifiedTime(InputTables.below(made).of(Table.POD_USAGE).stream()
                        .map(file -> made.resolve(file.name()))
                        .findFirst()
                        .orElseThrow()))
                .isEqualTo(time);
    }

    private static Generate generate(long days) throws Exception {
        return Binding.generated(
                        Map.of("pods", 4L, "nodes", 2L, "namespaces", 2L, "days", days), Map.of("loadMethod", "NONE"))
                .input()
                .generate();
    }

    private static List<Path> children(Path folder) throws Exception {
        try (var list = Files.list(folder)) {
            return list.toList();
        }
    }

    private static TrialContext context() {
        var plain = Trials.context(Cancellation.NONE, Map.of());
        return new TrialContext(
                plain.scratch(),
                TestFolders.fresh("aggregation-own-cache"),
                plain.machine(),
                plain.cancellation(),
                plain.fork(),
                plain.depth(),
                plain.datasets(),
                plain.secrets(),
                plain.job(),
                plain.attempt());
    }
}
