package dyno.suite;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.job.Job;
import dyno.job.JobService;
import dyno.job.Submission;
import dyno.suite.SubmittedSuite.SkippedJob;
import dyno.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Submits suites. Safe for any number of threads.
@Service
class SuiteService {

    private final SuiteCatalog suites;
    private final JobService jobs;
    private final TransactionTemplate transaction;

    SuiteService(SuiteCatalog suites, JobService jobs, PlatformTransactionManager transactions) {
        this.suites = suites;
        this.jobs = jobs;
        this.transaction = new TransactionTemplate(transactions);
    }

    List<Suite> all() {
        return suites.all();
    }

    /// @throws ProblemException `unknown-suite`
    Suite require(String name) {
        return suites.require(name);
    }

    /// Queues all jobs of a suite, or none where the queue has not room for all.
    ///
    /// @throws ProblemException `unknown-suite`, `queue-full`, `shutting-down`
    SubmittedSuite submit(String name, Submission source) {
        var suite = suites.require(name);
        return Objects.requireNonNull(transaction.execute(status -> submitAll(suite, source)));
    }

    private SubmittedSuite submitAll(Suite suite, Submission source) {
        var suiteRun = UuidCreator.getTimeOrderedEpoch();
        var accepted = new ArrayList<Job>();
        var skipped = new ArrayList<SkippedJob>();
        for (var job : suite.jobs()) {
            try {
                accepted.add(jobs.submit(job.submission(suite.name(), suiteRun), source));
            } catch (ProblemException e) {
                if (!SuiteCatalog.isOfThisNode(e)) {
                    throw e;
                }
                skipped.add(SkippedJob.of(job.name(), e));
            }
        }
        return new SubmittedSuite(suiteRun, jobs.views(accepted), List.copyOf(skipped));
    }
}
