package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// What a service holds on to after many jobs.
@Tag("long")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class LiveSetIT {

    /// Caches of libraries, of the JVM and of the database driver are full then.
    private static final int FIRST_JOBS = 500;

    private static final int JOBS = 5_000;
    private static final int WAITING = 100;

    private static final String JOB = """
            {"engine": "checker", "workload": {"blockBytes": 1024}, "plan": {"mode": "SMOKE"}}
            """;

    /// `Total        123456       7890123`: instances and bytes.
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+(\\d+)\\s+(\\d+)");

    @TempDir
    Path data;

    @Test
    void doesNotGrowWithTheJobsThatWereRun() throws Exception {
        try (var service = ServiceProcess.start(data)) {
            run(service, FIRST_JOBS);
            long before = liveBytes(service);
            run(service, JOBS);
            long after = liveBytes(service);

            System.out.printf("live set after %d jobs: %d bytes, after %d more: %d%n", FIRST_JOBS, before, JOBS, after);
            assertThat(after).isLessThanOrEqualTo(before + before / 10);
        }
    }

    private static void run(ServiceProcess service, int jobs) throws Exception {
        var waiting = new ArrayDeque<String>();
        for (int i = 0; i < jobs; i++) {
            waiting.add(service.submit(JOB));
            if (waiting.size() > WAITING) {
                awaitEnd(service, waiting.remove());
            }
        }
        awaitEnd(service, waiting.getLast());
    }

    private static void awaitEnd(ServiceProcess service, String job) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> service.json("/api/v1/jobs/" + job)
                        .path("state")
                        .asString()
                        .equals("SUCCEEDED"));
    }

    /// After a full collection, which the histogram asks for.
    private static long liveBytes(ServiceProcess service) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(service.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(histogram).isZero();
        var total = TOTAL.matcher(histogram);
        assertThat(total.find()).isTrue();
        return Long.parseLong(total.group(2));
    }
}
