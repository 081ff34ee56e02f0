package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Verification.Check;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.Packing;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import dyno.engine.grouping.GroupingWorkload.Split;
import dyno.engine.grouping.GroupingWorkload.SqlTransport;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StrategiesTest {

    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private static Path folder;

    private final Grouper grouper = new Grouper(folder);

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void makesTheSmallExampleAsSpecified(Strategy strategy) throws Exception {
        grouper.strategy = strategy;

        var outcome = grouper.run();

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.content("train.arrayrecord"))
                .isEqualTo("0651bc6f13b2bdcf97cf90f132a38573b94d71b3e309738143df62bbbaf7f88a");
        assertThat(outcome.content("test.arrayrecord")).isEqualTo(NOTHING);
        assertThat(outcome.metric("trainProbes")).isEqualTo(3);
        assertThat(outcome.work().items()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void splitsTheSmallExampleByPosition(Strategy strategy) throws Exception {
        grouper.strategy = strategy;
        grouper.split = Split.POSITION;

        var outcome = grouper.run();

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.content("train.arrayrecord"))
                .isEqualTo("ac831bb0069fa96c1b0164649ab66807523dc7f1aaacf0333ea26f71cd0630e1");
        assertThat(outcome.content("test.arrayrecord"))
                .isEqualTo("a908adc0575e1593ce5a49436cf4a178aecd9bc85f1065ece390c3fcdb665d64");
    }

    @ParameterizedTest
    @CsvSource({
        "COLUMNAR, ARROW, 1, ZSTD",
        "COLUMNAR, ARROW, 4, NONE",
        "STREAMING, ARROW, 2, ZSTD",
        "SQL_GROUP_BY, ARROW, 2, ZSTD"
    })
    void makesTheDefaultInputAsSpecified(Strategy strategy, SqlTransport transport, int workers, Packing packing)
            throws Exception {
        grouper.generate = Grouper.DEFAULT;
        grouper.strategy = strategy;
        grouper.transport = transport;
        grouper.workers = workers;
        grouper.packing = packing;

        var outcome = grouper.run();

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.content("train.arrayrecord"))
                .isEqualTo("7b5912636b4207608322162063c5a2393b948152fb17d5f8d9d399731ddb79b3");
        assertThat(outcome.content("test.arrayrecord"))
                .isEqualTo("3f1be55849c083e316fc4a4e6683650cab9290776d3a2888e36abd1978ca6cce");
        assertThat(outcome.metric("trainProbes")).isEqualTo(17_097);
        assertThat(outcome.metric("decodedBytes")).isEqualTo(54_497_752 + 5_818_152);
    }

    @Test
    void splitsTheDefaultInputByPosition() throws Exception {
        grouper.generate = Grouper.DEFAULT;
        grouper.split = Split.POSITION;

        var outcome = grouper.run();

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.metric("trainProbes")).isEqualTo(17_035);
        assertThat(outcome.metric("testProbes")).isEqualTo(1_893);
        assertThat(outcome.manifest()).contains("\"measurements\": 449863").contains("\"measurements\": 50165");
    }

    @ParameterizedTest
    @CsvSource({
        "1, TIME, 1, 8388608, ZSTD, HASH",
        "1, SHUFFLED, 7, 8388608, ZSTD, POSITION",
        "3, TIME, 64, 4096, ZSTD, HASH",
        "3, SHUFFLED, 5, 1024, NONE, POSITION",
        "3, SHUFFLED, 4096, 65536, ZSTD, HASH"
    })
    void makesTheSameFilesWhateverDoesIt(
            int inputFiles, RowOrder order, int groupSize, int maxRowBytes, Packing packing, Split split)
            throws Exception {
        grouper.generate = new Generate(4_000, 60, 1.6, 5, inputFiles, order);
        grouper.groupSize = groupSize;
        grouper.maxRowBytes = maxRowBytes;
        grouper.packing = packing;
        grouper.split = split;

        var files = new HashSet<String>();
        var manifests = new HashSet<String>();
        for (var strategy : Strategy.values()) {
            for (var transport : SqlTransport.values()) {
                if (strategy != Strategy.SQL_GROUP_BY && transport == SqlTransport.JDBC) {
                    continue;
                }
                for (int workers : workers(strategy)) {
                    grouper.strategy = strategy;
                    grouper.transport = transport;
                    grouper.workers = workers;
                    grouper.spillBuckets = strategy == Strategy.STREAMING ? 3 * workers : 0;
                    var outcome = grouper.run();
                    assertThat(outcome.verification().differences()).isEmpty();
                    files.add(outcome.files());
                    manifests.add(outcome.manifest());
                }
            }
        }

        assertThat(files).hasSize(1);
        assertThat(manifests).hasSize(1);
    }

    /// All of 1, 2, 4 and 8 where they cost little; `IdenticalFilesTest` has the others.
    private static int[] workers(Strategy strategy) {
        return switch (strategy) {
            case COLUMNAR, STREAMING -> new int[] {1, 2, 4, 8};
            case SQL_GROUP_BY -> new int[] {1, 4};
            case QUERY_PER_KEY -> new int[] {2};
        };
    }

    @Test
    void joinsThePartsOfACutProbeToTheUncutOne() throws Exception {
        grouper.generate = new Generate(9_000, 5, 0.8, 7, 1, RowOrder.TIME);
        var uncut = grouper.run();
        grouper.maxRowBytes = 65_536;

        var cut = grouper.run();

        assertThat(cut.verification().differences()).isEmpty();
        assertThat(cut.verification().checks()).extracting(Check::name).contains("rowLimitHolds");
        assertThat(uncut.metric("splitProbes")).isZero();
        assertThat(cut.metric("splitProbes")).isPositive();
        assertThat(cut.metric("records")).isGreaterThan(uncut.metric("records"));
        assertThat(cut.verification().digest()).isEqualTo(uncut.verification().digest());
    }

    @Test
    void makesTheSameOfRowsInAnyOrderWhereNoTimesTie() throws Exception {
        // One row a probe.
        grouper.generate = new Generate(2_000, 2_000, 0, 3, 1, RowOrder.TIME);
        var byTime = grouper.run();
        grouper.generate = new Generate(2_000, 2_000, 0, 3, 1, RowOrder.SHUFFLED);
        var shuffled = grouper.run();

        assertThat(shuffled.verification().digest())
                .isEqualTo(byTime.verification().digest());
        assertThat(shuffled.files()).isEqualTo(byTime.files());
    }

    @Test
    void makesTheSameContentOfMoreFiles() throws Exception {
        grouper.generate = new Generate(3_000, 60, 0.8, 9, 1, RowOrder.TIME);
        var one = grouper.run();
        grouper.generate = new Generate(3_000, 60, 0.8, 9, 7, RowOrder.TIME);
        var seven = grouper.run();

        assertThat(seven.verification().digest()).isEqualTo(one.verification().digest());
        assertThat(seven.files()).isEqualTo(one.files());
    }

    @Test
    void extrapolatesFromASample() throws Exception {
        grouper.generate = new Generate(3_000, 60, 0.8, 9, 1, RowOrder.TIME);
        grouper.strategy = Strategy.QUERY_PER_KEY;
        grouper.sampleKeys = 7;

        var outcome = grouper.run();

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.verification().checks())
                .extracting(check -> check.name())
                .contains("sampleMatches");
        assertThat(outcome.work().items()).isEqualTo(7);
        assertThat(outcome.metric("queries")).isEqualTo(7);
        assertThat(outcome.metric("extrapolated")).isEqualTo(1);
        assertThat(new GroupingEngine().scoreUnit(grouper.workload()).unit()).isEqualTo("queries/s");
    }
}
