package dyno.catalog;

import dyno.engine.Engine;
import dyno.engine.Estimate;
import dyno.engine.Given;
import dyno.engine.JobCase;
import dyno.engine.Machine;
import dyno.engine.ScoreUnit;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// An engine that is only ever described.
final class BakeryEngine implements Engine<BakeryWorkload> {

    static final Machine MACHINE =
            new Machine(6, OptionalInt.empty(), 1L << 34, OptionalLong.empty(), OptionalLong.empty());

    static Map<String, @Nullable Object> smallest() {
        return new HashMap<>(Map.of("loaves", 3L));
    }

    @Override
    public String id() {
        return "bakery";
    }

    @Override
    public String title() {
        return "Bakery";
    }

    @Override
    public String description() {
        return "How many loaves a second.";
    }

    @Override
    public Class<BakeryWorkload> workloadType() {
        return BakeryWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("loaves", 10L);
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.items("loaves");
    }

    @Override
    public Map<String, Object> computedDefaults(Given given, Machine machine) {
        long ovens = given.has("ovens") ? given.integer("ovens") : machine.processors();
        return Map.of("ovens", machine.processors(), "input.mixer.bowls", ovens);
    }

    @Override
    public Estimate estimate(BakeryWorkload workload, Machine machine) {
        return new Estimate(0, 0, 0, 0, 0);
    }

    @Override
    public Trial prepare(BakeryWorkload workload, TrialContext context) {
        throw new UnsupportedOperationException("this bakery has no ovens");
    }

    @Override
    public void relate(List<JobCase<BakeryWorkload>> cases) {
        long all = cases.stream().mapToLong(c -> c.workload().loaves()).sum();
        cases.forEach(c -> c.metrics().put("loavesOfAll", all));
    }
}
