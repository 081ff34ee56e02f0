package dyno.fork;

import dyno.catalog.EngineCatalog;
import dyno.engine.Engine;
import dyno.engine.EngineException;
import dyno.engine.Estimate;
import dyno.engine.FailureCode;
import dyno.engine.Field;
import dyno.engine.InputFacts;
import dyno.engine.Machine;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.ScoreUnit;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Warning;
import dyno.engine.Work;
import dyno.engine.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// Does what engines should not, in its first invocation.
public final class StuntEngine implements Engine<StuntEngine.StuntWorkload> {

    static final String SECRET = "open sesame";

    public enum Act {
        NOTHING,
        /// Waits until it is interrupted or killed.
        WAIT,
        /// Waits, deaf to interruption, until it is cancelled.
        WAIT_FOR_CANCELLATION,
        /// Prints to stdout, itself and by a child process.
        PRINT,
        /// Starts a shell that starts a shell that does not end, and waits.
        SPAWN,
        /// The same with the first shell gone, so that the second has lost its parents.
        ORPHAN,
        EXIT,
        FILL_HEAP,
        /// In a thread whose death nobody notices.
        FILL_HEAP_IN_WORKER,
        FILL_DIRECT,
        FILL_DISK,
        THROW,
        REFUSE
    }

    public record StuntWorkload(
            @Field(value = "what to do", defaultValue = "NOTHING")
            Act act) implements Workload {}

    public static final class Catalog implements Supplier<EngineCatalog> {
        @Override
        public EngineCatalog get() {
            return new EngineCatalog(List.of(new StuntEngine()));
        }
    }

    @Override
    public String id() {
        return "stunt";
    }

    @Override
    public String title() {
        return "Stunts";
    }

    @Override
    public String description() {
        return "Falls down the stairs.";
    }

    @Override
    public Class<StuntWorkload> workloadType() {
        return StuntWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("act", "NOTHING");
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.bytes();
    }

    @Override
    public Estimate estimate(StuntWorkload workload, Machine machine) {
        return new Estimate(0, 0, 0, 0.1, 0.001);
    }

    @Override
    public Trial prepare(StuntWorkload workload, TrialContext context) {
        return new StuntTrial(workload.act(), context);
    }

    private record StuntTrial(Act act, TrialContext context) implements Trial {

        @Override
        public Work invoke() throws IOException, InterruptedException {
            switch (act) {
                case NOTHING -> {}
                case WAIT -> new CountDownLatch(1).await();
                case WAIT_FOR_CANCELLATION -> waitForCancellation();
                case PRINT -> print();
                case SPAWN -> {
                    new ProcessBuilder("sh", "-c", "sh -c 'sleep 600; true'; true").start();
                    new CountDownLatch(1).await();
                }
                case ORPHAN -> {
                    new ProcessBuilder("sh", "-c", "(sleep 600; true) &")
                            .start()
                            .waitFor();
                    new CountDownLatch(1).await();
                }
                case EXIT -> System.exit(7);
                case FILL_HEAP -> fillHeap();
                case FILL_HEAP_IN_WORKER -> {
                    Thread.ofPlatform().start(StuntTrial::fillHeap);
                    new CountDownLatch(1).await();
                }
                case FILL_DIRECT -> ByteBuffer.allocateDirect(1 << 30);
                case FILL_DISK -> throw new IOException("/data/x: No space left on device");
                case THROW -> throw new IllegalStateException("said " + SECRET);
                case REFUSE ->
                    throw new EngineException(
                            FailureCode.INVALID_INPUT, "byte 41 is no digit", Map.of("byte", 41L, "found", "x"));
            }
            return new Work(1, 1_000);
        }

        private void waitForCancellation() {
            while (true) {
                context.cancellation().check();
                Thread.onSpinWait();
            }
        }

        private static void print() throws IOException, InterruptedException {
            System.out.println("printed by Java");
            new ProcessBuilder("echo", "printed by a child").inheritIO().start().waitFor();
        }

        private static void fillHeap() {
            var blocks = new ArrayList<byte[]>();
            while (!blocks.contains(null)) {
                blocks.add(new byte[1 << 20]);
            }
        }

        @Override
        public Verification verify() {
            var expected = Map.of("password", SECRET);
            return new Verification(
                    null,
                    "NO_OUTPUT",
                    List.of(Check.of("hasSecrets", context.secrets().equals(expected) ? null : "others")));
        }

        @Override
        public TrialReport report() {
            var metrics = new Metrics()
                    .put("whole", 1L << 60)
                    .put("share", 0.25)
                    .put("flag", true)
                    .put("word", "text")
                    .absent("missing", "NO_REASON");
            return new TrialReport(
                    List.of(Phase.of("fall", 0.5, Phase.Clock.CPU), Phase.unknown("land", Phase.Clock.WALL, "FUSED")),
                    metrics.values(),
                    List.of(new Warning("STEEP", "a detail")),
                    Map.of("list", List.of(1L, "two", 3.5)),
                    InputFacts.none());
        }

        @Override
        public void close() {}
    }
}
