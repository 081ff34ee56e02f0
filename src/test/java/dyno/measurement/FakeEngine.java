package dyno.measurement;

import dyno.engine.Engine;
import dyno.engine.Estimate;
import dyno.engine.InputFacts;
import dyno.engine.Machine;
import dyno.engine.ScoreUnit;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Work;
import dyno.engine.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// An engine whose invocations move a clock of ours, and that writes down what is asked of it.
final class FakeEngine implements Engine<FakeEngine.Nothing> {

    record Nothing() implements Workload {}

    /// What happens within an invocation beside the clock.
    @FunctionalInterface
    interface Happening {
        void happen() throws IOException, InterruptedException;
    }

    final List<String> journal = new ArrayList<>();
    int resets;
    private final AtomicLong nanos;
    private final long nanosPerInvocation;
    private final Happening happening;

    FakeEngine(AtomicLong nanos, long nanosPerInvocation, Happening happening) {
        this.nanos = nanos;
        this.nanosPerInvocation = nanosPerInvocation;
        this.happening = happening;
    }

    @Override
    public String id() {
        return "fake";
    }

    @Override
    public String title() {
        return "Fake";
    }

    @Override
    public String description() {
        return "Moves a clock.";
    }

    @Override
    public Class<Nothing> workloadType() {
        return Nothing.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of();
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.bytes();
    }

    @Override
    public Estimate estimate(Nothing workload, Machine machine) {
        return new Estimate(0, 0, 0, 0, 0);
    }

    @Override
    public Trial prepare(Nothing workload, TrialContext context) {
        journal.add("prepare");
        nanos.addAndGet(1_000_000_000_000L);
        return new FakeTrial();
    }

    private final class FakeTrial implements Trial {

        /// Takes a second, which no sample may show.
        @Override
        public void reset() {
            resets++;
            nanos.addAndGet(1_000_000_000L);
        }

        @Override
        public Work invoke() throws IOException, InterruptedException {
            journal.add("invoke");
            happening.happen();
            nanos.addAndGet(nanosPerInvocation);
            return new Work(10, 100);
        }

        @Override
        public void measuringStarts() {
            journal.add("measuringStarts");
        }

        @Override
        public Verification verify() {
            journal.add("verify");
            nanos.addAndGet(1_000_000_000_000L);
            return new Verification(null, "NO_OUTPUT", List.of(Check.passed("moved")));
        }

        @Override
        public TrialReport report() {
            journal.add("report");
            return new TrialReport(List.of(), Map.of(), List.of(), Map.of(), InputFacts.none());
        }

        @Override
        public void close() {
            journal.add("close");
        }
    }
}
