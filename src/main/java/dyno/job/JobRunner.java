package dyno.job;

import dyno.catalog.EngineCatalog;
import dyno.environment.EnvironmentProbe;
import dyno.fork.Failures;
import dyno.job.JobMeasurement.Bench;
import dyno.job.JobPhase.Phase;
import dyno.job.Payload.Draft;
import dyno.job.RunningJob.Unwanted;
import dyno.result.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Takes one claimed job from its claim to its stored end, or back into the queue. Safe for any number of threads.
final class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /// Each line that is logged while a job runs has its id.
    private static final String LOG_KEY = "jobId";

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EngineCatalog catalog;
    private final EnvironmentProbe environment;
    private final NodeQueue queue;
    private final Places places;

    /// Where forks run, and where what they found goes.
    ///
    /// @param scratch folder that holds one folder for each running job
    /// @param schemas the same in the service's database
    /// @param files   what stays when a job is gone
    record Places(Bench bench, Path scratch, ScratchSchemas schemas, JobEnds ends, NodeFiles files) {}

    JobRunner(EngineCatalog catalog, EnvironmentProbe environment, NodeQueue queue, Places places) {
        this.catalog = catalog;
        this.environment = environment;
        this.queue = queue;
        this.places = places;
    }

    /// Stores what an earlier life of this node measured and could not store.
    void storeSpooled() {
        places.ends().storeSpooled();
    }

    /// What jobs leave on this node's disk.
    NodeFiles files() {
        return places.files();
    }

    /// @param measured runs once nothing of the job disturbs others any more, before its end is stored
    void run(RunningJob running, Runnable measured) throws InterruptedException {
        try (var _ = MDC.putCloseable(LOG_KEY, running.job().id().toString())) {
            runLogged(running, measured);
        }
    }

    private void runLogged(RunningJob running, Runnable measured) throws InterruptedException {
        LOG.info(
                "job {} started: attempt {}",
                running.job().id(),
                running.claim().attempt());
        queue.news().started(running.job());
        var journal = Journal.open(running, queue, places.bench().nanoTime());
        List<Draft> unsaid;
        JobEnd end = null;
        try {
            end = measure(running, journal);
        } catch (InterruptedException e) {
            LOG.info("job {} interrupted: {}", running.job().id(), running.unwanted());
        } finally {
            unsaid = journal.close();
            measured.run();
        }
        if (end == null) {
            giveBack(running);
        } else {
            var phase = JobPhase.begin(
                    Phase.STORE, running.job().id(), running.job().engine());
            try {
                places.ends().store(running, end, unsaid);
            } finally {
                phase.commit();
            }
        }
    }

    /// The job's end, or the proof that it could not be measured; scratch is empty in any case.
    private JobEnd measure(RunningJob running, Journal journal) throws InterruptedException {
        var job = running.job();
        var phase = JobPhase.begin(Phase.MEASURE, job.id(), job.engine());
        running.startMeasuring();
        try (var scratch = Scratch.of(places.scratch(), job.id())) {
            return measure(running, scratch, journal);
        } catch (IOException | RuntimeException e) {
            LOG.error("job {} could not be measured", job.id(), e);
            return broken(e);
        } finally {
            running.stopMeasuring();
            phase.commit();
            dropSchemas(running.claim());
        }
    }

    /// What cannot be dropped now is swept later.
    private void dropSchemas(Claim claim) {
        try {
            places.schemas().drop(claim);
        } catch (RuntimeException e) {
            LOG.warn("job {} may have left scratch schemas: {}", claim.job(), e.getMessage());
        }
    }

    private JobEnd measure(RunningJob running, Scratch scratch, Journal journal) throws InterruptedException {
        var job = running.job();
        var startedAt = queue.now();
        var atStart = environment.probe();
        var measuredJob = MeasuredJob.of(running, cases(running));
        var results = new CaseResults(catalog.require(job.engine()), measuredJob.cases());
        var measured = new JobMeasurement(places.bench(), measuredJob, scratch, journal, results).run();
        var setting = new RunAssembly.Setting(startedAt, queue.now(), environment.atEnd(atStart));
        return RunAssembly.end(measuredJob, results, measured, setting);
    }

    /// A database that goes away just after it gave the job is waited for: nothing is wrong with the job.
    private List<PlannedCase> cases(RunningJob running) throws InterruptedException {
        while (true) {
            try {
                return queue.jobs().cases(running.job().id());
            } catch (RuntimeException e) {
                if (!Outage.is(e)) {
                    throw e;
                }
                LOG.warn("job {} waits for the database: {}", running.job().id(), e.getMessage());
            }
            if (!running.pause(RETRY)) {
                throw new InterruptedException();
            }
        }
    }

    private static JobEnd broken(Exception thrown) {
        var failed = Failures.of(thrown);
        var message = "The job could not be measured: " + failed.message();
        return new JobEnd(JobState.FAILED, new Failure(failed.code(), message, null, null), null);
    }

    private void giveBack(RunningJob running) {
        if (running.unwanted() == Unwanted.STOPPING && queue.claims().release(running.claim(), queue.now())) {
            queue.news().recovered(running.job().id(), JobRecovered.Cause.NODE_STOPPED);
        }
    }
}
