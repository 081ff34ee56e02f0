package dyno.engine.aggregation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
/// Parsing a pod's label text, and laying pod labels over those of namespace and node. A parse is of a text of some 200
/// bytes with seven labels; it does not include looking the text up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LabelMergeBenchmark {

    private static final byte[] POD = ("{\"app\":\"app-00\",\"tier\":\"frontend\",\"pod\":\"pod-000001\","
                    + "\"pod-template-hash\":\"0123456789abcdef\",\"release\":\"r-01\",\"namespace\":\"ns-000\","
                    + "\"environment\":\"canary\"}")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final byte[] NODE = "{\"node\":\"node-0001\",\"nodeclass\":\"standard\",\"environment\":\"base\"}"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private LabelParser parser;
    private int[] sets;

    @Setup
    public void parseOnce() {
        var all = new LabelSets(new EnabledKeys(List.of("app", "tier", "pod", "environment", "node", "nodeclass")));
        parser = new LabelParser(all);
        sets = new int[] {parser.parse(NODE) >> 1, LabelSets.EMPTY, parser.parse(POD) >> 1};
    }

    @Benchmark
    public int parse() {
        return parser.parse(POD);
    }

    @Benchmark
    public int merge() {
        return parser.merger().merge(sets, 3);
    }
}
