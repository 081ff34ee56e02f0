package dyno.job;

import dyno.engine.FailureCode;
import dyno.engine.InputFacts;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Warning;
import dyno.fork.ForkOutcome;
import dyno.fork.ForkRequest;
import dyno.fork.TrialHost;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Sample;
import dyno.measurement.Stage;
import dyno.measurement.TrialListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// A host that answers as a test says, after it left something in scratch and went through every stage.
final class FakeHost implements TrialHost {

    static final String DIGEST = "sha256:" + "ab".repeat(32);

    /// `chunkBytes/fork` of each fork that ran, in order.
    final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    /// Given a permit for each fork that has begun.
    final Semaphore begun = new Semaphore(0);

    private final BiFunction<ForkRequest, Duration, ForkOutcome> answers;
    private volatile boolean hangs;

    /// @param answers may look at workload and timeout
    FakeHost(BiFunction<ForkRequest, Duration, ForkOutcome> answers) {
        this.answers = answers;
    }

    static FakeHost ofGoodForks() {
        return new FakeHost((request, timeout) -> good(request));
    }

    /// Forks begin and never end, until they are interrupted.
    FakeHost hanging() {
        hangs = true;
        return this;
    }

    /// Forks that begin from now on end.
    void relent() {
        hangs = false;
    }

    @Override
    public ForkOutcome run(ForkRequest request, TrialListener listener, Duration timeout) throws InterruptedException {
        ran.add(request.workload().get("chunkBytes") + "/" + request.fork());
        try {
            Files.writeString(request.scratch().resolve("leftover"), "of a fork");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.at(Stage.PREPARING, 0, 0);
        listener.at(Stage.MEASURING, 0, 1);
        begun.release();
        if (hangs) {
            new Semaphore(0).acquire();
        }
        listener.at(Stage.VERIFYING, 0, 0);
        return answers.apply(request, timeout);
    }

    static ForkOutcome good(ForkRequest request) {
        return measured(request, DIGEST, Check.passed("same"));
    }

    /// A hundred bytes a millisecond, a little more with each fork.
    static ForkOutcome measured(ForkRequest request, String digest, Check check) {
        return measured(request, digest, check, 10);
    }

    static ForkOutcome measured(ForkRequest request, String digest, Check check, long strokes) {
        var samples = IntStream.range(0, request.plan().iterations())
                .mapToObj(i -> new Sample(1_000_000, 1, 10, 100 + request.fork()))
                .toList();
        var report = new TrialReport(
                List.of(Phase.of("stroke", 0.001, Phase.Clock.WALL)),
                new Metrics()
                        .put("strokes", strokes)
                        .absent("leaks", "NOT_LOOKED_FOR")
                        .values(),
                List.of(new Warning("WET", "fork " + request.fork())),
                Map.of(),
                InputFacts.none());
        return new ForkOutcome.Measured(new MeasuredFork(
                request.fork(),
                4711,
                List.of("-Xmx1m"),
                samples,
                report,
                new Verification(digest, null, List.of(check)),
                Map.of("cpuSeconds", 0.5)));
    }

    static ForkOutcome failed(FailureCode code) {
        return new ForkOutcome.Failed(code, "It was " + code, Map.of("exitStatus", 137));
    }
}
