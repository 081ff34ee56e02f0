package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ServiceProcess;
import dyno.support.StoredRunInvariants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// What comparisons find between real jobs, on whatever machine this is. Many short iterations a fork: the median of
/// them does not mind a neighbour that comes and goes.
@Tag("long")
@Timeout(value = 45, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ComparingJobsIT {

    private static final int FORKS = 5;

    /// Ten percent are far within what neighbours do to a fork; pairs of forks average that out.
    private static final int FORKS_TO_FIND_IT = 15;

    @TempDir
    static Path data;

    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        service = ServiceProcess.start(data);
    }

    @AfterAll
    static void stop() throws Exception {
        try (var database = service.database()) {
            StoredRunInvariants.check(database);
        } finally {
            service.close();
        }
    }

    @Test
    void callsAtMostFourDifferencesInFortyComparisonsOfEqualVariants() throws Exception {
        var verdicts = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            verdicts.add(verdict(0, FORKS));
        }

        assertThat(verdicts).doesNotContain("INSUFFICIENT_DATA", "INCOMPARABLE");
        assertThat(verdicts.stream()
                        .filter(List.of("REGRESSION", "IMPROVEMENT")::contains)
                        .count())
                .as(verdicts.toString())
                .isLessThanOrEqualTo(4);
    }

    @Test
    void findsABusyWaitOfTenPercentInEighteenOfTwenty() throws Exception {
        var verdicts = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            verdicts.add(verdict(10, FORKS_TO_FIND_IT));
        }

        assertThat(verdicts.stream().filter("REGRESSION"::equals).count())
                .as(verdicts.toString())
                .isGreaterThanOrEqualTo(18);
    }

    @Test
    void answersInsufficientDataToOneFork() throws Exception {
        assertThat(verdict(0, 1)).isEqualTo("INSUFFICIENT_DATA");
        assertThat(verdict(10, 1)).isEqualTo("INSUFFICIENT_DATA");
    }

    private static String verdict(int busyWaitPercent, int forks) throws Exception {
        var job = service.finished(service.submit("""
                {"engine": "checker",
                 "variants": [{"name": "plain"}, {"name": "other", "workload": {"busyWaitPercent": %d}}],
                 "baseline": "plain",
                 "plan": {"forks": %d, "warmupIterations": 5, "iterations": 25, "minIterationMillis": 30}}
                """.formatted(busyWaitPercent, forks)));
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        var run = job.path("runId").asString();
        var comparison = service.json("/api/v1/comparisons?baseline=%s&candidate=%s".formatted(run, run));
        var compared = comparison.path("cases").path(0);
        System.out.printf(
                "busy wait %d %%: %s, effect %s, sees %s%n",
                busyWaitPercent,
                compared.path("verdict").asString(),
                compared.path("effect"),
                compared.path("minimumDetectableEffect"));
        return compared.path("verdict").asString();
    }
}
