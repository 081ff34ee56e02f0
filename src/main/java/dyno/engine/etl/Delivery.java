package dyno.engine.etl;

import dyno.engine.FailureCode;
import dyno.engine.etl.LoadException.Kind;
import dyno.engine.etl.PipelineSettings.Loading;
import dyno.engine.kernel.SplitMix64;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings one worker's batches into the sink: attempts, waits between them, halves, dead letters.
///
/// When [#deliver] returns, every record of the batch was loaded once, or filtered, or is one dead letter. Used by
/// one
/// worker.
final class Delivery {

    private final PipelineSettings settings;
    private final Loading loading;
    private final Sink.Loader loader;
    private final LoadGuard guard;
    private final Stop stop;
    private final Graveyard graveyard;
    private final Tally tally;
    private final Time time;
    private final Counted counted;
    private final LineBuffer line = new LineBuffer(256);
    private long random;

    /// Adds up what was loaded.
    interface Counted {
        void add(int records);
    }

    /// @param failure what the attempt threw
    /// @param kind    what that means
    private record Failure(Throwable failure, Kind kind, FailureCode code, String message) {}

    Delivery(PipelineSettings settings, WorkerParts parts, Counted counted) {
        this.settings = settings;
        this.loading = settings.loading();
        this.loader = parts.loader();
        this.guard = parts.guard();
        this.stop = parts.stop();
        this.graveyard = parts.graveyard();
        this.tally = parts.tally();
        this.time = parts.time();
        this.counted = counted;
        this.random = SplitMix64.mix(settings.index() * 1000L + parts.worker() + 1);
    }

    /// What a worker's delivery works with.
    record WorkerParts(
            int worker, Sink.Loader loader, LoadGuard guard, Stop stop, Graveyard graveyard, Tally tally, Time time) {}

    void deliver(Batch batch, Results results) throws IOException, InterruptedException {
        for (var rejection : results.rejections()) {
            reject(batch, results, rejection);
        }
        tally.filtered += results.filtered();
        bring(Load.whole(settings.index(), batch, results, 1), loading.retry().maxAttempts(), loading.isChecked());
    }

    private void reject(Batch batch, Results results, Results.Rejection rejection) throws IOException {
        int record = rejection.record();
        var load = new Load(settings.index(), batch, results, new Load.Range(record, record + 1), 1, 1);
        if (!loading.isGivenUp()) {
            throw failed(
                    load,
                    new Failure(
                            new IllegalArgumentException(rejection.reason()),
                            Kind.PERMANENT,
                            FailureCode.INVALID_INPUT,
                            "refused: " + rejection.reason()));
        }
        bury(load, 0, rejection.reason());
    }

    private void bring(Load first, int attempts, boolean isChecked) throws IOException, InterruptedException {
        if (first.rows() == 0) {
            return;
        }
        var load = first;
        boolean unsure = isChecked;
        for (int made = 1; ; made++) {
            var failure = attempt(load, unsure);
            if (failure == null) {
                count(load);
                return;
            }
            tally.failedAttempts++;
            if (failure.kind() == Kind.FATAL || stop.isStopping()) {
                throw failed(load, failure);
            }
            unsure |= failure.kind() == Kind.UNKNOWN_OUTCOME;
            if (failure.kind() == Kind.PERMANENT || made == attempts) {
                giveUp(load, failure, unsure);
                return;
            }
            tally.retries++;
            time.sleep(backoff(made));
            load = load.again();
        }
    }

    private void giveUp(Load load, Failure failure, boolean unsure) throws IOException, InterruptedException {
        if (unsure && isLoadedAfterAll(load)) {
            count(load);
            return;
        }
        if (!loading.isGivenUp()) {
            throw failed(load, failure);
        }
        if (load.records() == 1) {
            bury(load, load.attempt(), failure.message());
            return;
        }
        tally.bisections++;
        // A batch that used up its attempts has its records tried once more each; a bad record among good ones is no
        // reason to try the good ones less often than others.
        int attempts = failure.kind() == Kind.PERMANENT ? loading.retry().maxAttempts() : 1;
        bring(load.lowerHalf(), attempts, false);
        bring(load.upperHalf(), attempts, false);
    }

    private boolean isLoadedAfterAll(Load load) throws InterruptedException {
        Exception unknown = null;
        boolean isLoaded = false;
        boolean hasTimedOut;
        guard.begin(time.nanos());
        try {
            isLoaded = loader.isLoaded(load);
        } catch (InterruptedException | IOException | LoadException e) {
            unknown = e;
        } finally {
            hasTimedOut = guard.end();
        }
        if (unknown instanceof InterruptedException e && !hasTimedOut) {
            throw e;
        }
        if (unknown != null) {
            throw new PipelineException(
                    Failures.code(unknown),
                    "Nobody knows whether batch %d of pipeline %d (ids %d to %d) was loaded: %s"
                            .formatted(load.batch().number(), load.pipeline(), load.firstId(), load.lastId(), unknown),
                    details(load, unknown),
                    unknown);
        }
        return isLoaded;
    }

    /// @return null where the load is in the sink
    private @Nullable Failure attempt(Load load, boolean unsure) throws InterruptedException {
        Throwable thrown = null;
        guard.begin(time.nanos());
        try {
            if (!unsure || !loader.isLoaded(load)) {
                loader.load(load);
            }
        } catch (InterruptedException | IOException | RuntimeException e) {
            thrown = e;
        } finally {
            if (guard.end() && thrown != null) {
                thrown = new LoadException(
                        Kind.UNKNOWN_OUTCOME,
                        FailureCode.ENGINE_ERROR,
                        "took longer than %d ms".formatted(loading.timeoutNanos() / 1_000_000),
                        thrown);
            }
        }
        if (stop.isStopping()) {
            // Ending it may have taken the interrupt of the pipeline's end along.
            Thread.currentThread().interrupt();
        }
        return switch (thrown) {
            case null -> null;
            case InterruptedException e -> throw e;
            case LoadException e -> new Failure(e, e.kind(), e.code(), String.valueOf(e.getMessage()));
            case IOException e -> new Failure(e, Kind.TRANSIENT, Failures.code(e), e.toString());
            default -> new Failure(thrown, Kind.PERMANENT, Failures.code(thrown), thrown.toString());
        };
    }

    private void count(Load load) {
        int to = load.toRow();
        int from = load.fromRow();
        load.results().tally(from, to, tally);
        tally.rows += to - from;
        counted.add(present(load));
    }

    /// Records that have a row; the others were filtered or are dead letters already.
    private static int present(Load load) {
        var results = load.results();
        if (results.filtered() == 0 && results.rejections().isEmpty()) {
            return load.records();
        }
        int present = 0;
        for (int record = load.range().from(); record < load.range().to(); record++) {
            present += results.firstRow(record + 1) > results.firstRow(record) ? 1 : 0;
        }
        return present;
    }

    private void bury(Load load, int attempts, String error) throws IOException {
        line.clear();
        load.batch().appendInput(load.range().from(), line);
        graveyard.bury(new DeadLetter(
                load.firstId(),
                load.batch().number(),
                attempts,
                error,
                line.toByteArray(),
                load.batch().place(load.range().from())));
    }

    private long backoff(int made) {
        long limit = loading.retry().limitNanos(made);
        random += SplitMix64.GAMMA;
        return limit == 0 ? 0 : (long) (limit * ((SplitMix64.mix(random) >>> 11) * 0x1p-53));
    }

    private RuntimeException failed(Load load, Failure failure) {
        var cause = failure.failure();
        return new PipelineException(
                failure.code(),
                "Batch %d of pipeline %d (ids %d to %d) could not be loaded in attempt %d: %s"
                        .formatted(
                                load.batch().number(),
                                load.pipeline(),
                                load.firstId(),
                                load.lastId(),
                                load.attempt(),
                                failure.message()),
                details(load, cause),
                cause);
    }

    private static Map<String, Object> details(Load load, Throwable cause) {
        var details = new LinkedHashMap<String, Object>();
        details.put("pipeline", load.pipeline());
        details.put("batch", load.batch().number());
        details.put("firstId", load.firstId());
        details.put("lastId", load.lastId());
        details.put("attempt", load.attempt());
        details.put("cause", Failures.innermost(cause).toString());
        return details;
    }
}
