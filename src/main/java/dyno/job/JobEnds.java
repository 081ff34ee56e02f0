package dyno.job;

import dyno.engine.FailureCode;
import dyno.job.Payload.Draft;
import dyno.job.RunningJob.Unwanted;
import dyno.job.Spool.Spooled;
import dyno.result.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores how jobs ended. While the database is away their ends wait on disk, past the end of this process if it has
/// to be. Safe for any number of threads.
final class JobEnds {

    private static final Logger LOG = LoggerFactory.getLogger(JobEnds.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final NodeQueue queue;
    private final Spool spool;

    JobEnds(NodeQueue queue, Spool spool) {
        this.queue = queue;
        this.spool = spool;
    }

    /// Returns once the end is stored, or is no business of this node any more.
    ///
    /// @param unsaid events that were not written while the job ran
    void store(RunningJob running, JobEnd end, List<Draft> unsaid) throws InterruptedException {
        try {
            persist(running, new Spooled(running.claim(), end, unsaid));
        } catch (RuntimeException e) {
            LOG.error("job {}: its run cannot be stored", running.job().id(), e);
            persist(running, new Spooled(running.claim(), withoutRun(e), List.of()));
        }
    }

    /// Stores what an earlier life of this node could not. Jobs that went to others meanwhile are left to them.
    void storeSpooled() {
        try {
            for (var spooled : spool.all()) {
                try {
                    tryToStore(spooled);
                } catch (RuntimeException e) {
                    if (Outage.is(e)) {
                        throw e;
                    }
                    LOG.error(
                            "job {}: its run cannot be stored", spooled.claim().job(), e);
                    tryToStore(new Spooled(spooled.claim(), withoutRun(e), List.of()));
                }
                spool.remove(spooled.claim());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JobEnd withoutRun(RuntimeException refusal) {
        var message = "The run could not be stored: " + refusal.getMessage();
        return new JobEnd(JobState.FAILED, new Failure(FailureCode.DATABASE_UNAVAILABLE, message, null, null), null);
    }

    /// Tries until the database answers.
    ///
    /// @throws RuntimeException where it answers that it will never work
    private void persist(RunningJob running, Spooled spooled) throws InterruptedException {
        var retry = FIRST_RETRY;
        boolean waits = false;
        boolean isLastTry = false;
        while (true) {
            try {
                tryToStore(spooled);
                break;
            } catch (RuntimeException e) {
                if (!Outage.is(e)) {
                    throw e;
                }
                LOG.warn(
                        "job {}: its end waits for the database: {}",
                        spooled.claim().job(),
                        e.getMessage());
            }
            if (!waits) {
                waits = isSpooled(spooled);
            }
            if (!running.pause(retry)) {
                if (running.unwanted() == Unwanted.STOPPING || isLastTry) {
                    // The next start stores it.
                    return;
                }
                // Whoever said that the job is lost asked the database: it answers, and may have put the job back.
                isLastTry = true;
            }
            retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
        }
        if (waits) {
            forget(spooled.claim());
        }
    }

    private void tryToStore(Spooled spooled) {
        var claim = spooled.claim();
        if (queue.claims().finish(claim, spooled.end(), spooled.unsaid(), queue.now())) {
            LOG.info("job {} finished: {}", claim.job(), spooled.end().state());
            queue.news().finished(claim.job(), spooled.end().run());
        } else {
            LOG.warn(
                    "job {}: the end of attempt {} is refused: it was cancelled, or another attempt has begun",
                    claim.job(),
                    claim.attempt());
        }
    }

    /// A disk that takes nothing is no reason to give up what memory still has.
    private boolean isSpooled(Spooled spooled) {
        try {
            spool.put(spooled);
            return true;
        } catch (IOException e) {
            LOG.error("job {}: its end cannot be kept on disk", spooled.claim().job(), e);
            return false;
        }
    }

    /// A file that stays is found out of date by the next start.
    private void forget(Claim claim) {
        try {
            spool.remove(claim);
        } catch (IOException e) {
            LOG.warn("job {}: its end stays in the spool: {}", claim.job(), e.toString());
        }
    }
}
