package dyno.result;

import static dyno.result.RetentionFixture.FIRST_DAY;
import static dyno.result.RetentionFixture.all;
import static dyno.result.RetentionFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.measurement.Comparison;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Verdict;
import dyno.result.Alert.Kind;
import dyno.result.Alert.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class RunRetentionIT {

    private static final RetentionFixture SHARED = new RetentionFixture();
    private static final Duration MONTH = Duration.ofDays(30);

    private final RetentionFixture fixture = SHARED.emptied();

    private static void untilDone(BooleanSupplier batch) {
        boolean more = true;
        while (more) {
            more = batch.getAsBoolean();
        }
    }

    @Nested
    class Samples {

        @Test
        void goWhileStatisticsAndComparisonsStayAsTheyWere() {
            var old = fixture.store(ScoredRuns.at(FIRST_DAY).scored("a", 100, 101, 99, 100.5, 99.5));
            var recent = fixture.store(
                    ScoredRuns.at(FIRST_DAY.plus(MONTH)).cpuSeconds(2.2).scored("a", 110, 111, 109, 110.5, 109.5));
            var before = compare(old, recent);
            fixture.setDay(31);

            assertThat(fixture.retention(all(MONTH, null)).expireSomeSamples()).isFalse();

            assertThat(fixture.hasSamples(old)).isFalse();
            assertThat(fixture.hasSamples(recent)).isTrue();
            var kept = fixture.runs.find(old.id(), true).orElseThrow();
            assertThat(kept.cases().getFirst().withForks(null))
                    .isEqualTo(old.cases().getFirst().withForks(null));
            assertThat(compare(old, recent)).isEqualTo(before);
            assertThat(before.verdict()).isEqualTo(Verdict.IMPROVEMENT);
            assertThat(RunComparisons.compare(kept, kept, Comparison.DEFAULT_MARGIN)
                            .verdict())
                    .isNotEqualTo(Verdict.INSUFFICIENT_DATA);
        }

        @Test
        void leaveTheirSumsBehind() {
            var old = fixture.store(ScoredRuns.at(FIRST_DAY).scored("a", 100, 101, 99));
            fixture.setDay(31);

            fixture.retention(all(MONTH, null)).expireSomeSamples();

            var fork = fixture.runs
                    .find(old.id(), true)
                    .orElseThrow()
                    .cases()
                    .getFirst()
                    .forks()
                    .get(1);
            assertThat(fork.samples()).isEmpty();
            assertThat(fork.samplesReason()).isEqualTo("SAMPLES_EXPIRED");
            assertThat(fork.jvmFlags()).isEqualTo(List.of("-Xmx1g", "-XX:+UseG1GC"));
            assertThat(fork.sampleTotals()).satisfies(totals -> {
                assertThat(totals.samples()).isEqualTo(3);
                assertThat(totals.elapsedNanos()).isEqualTo(3_000_000_000L);
                assertThat(totals.invocations()).isEqualTo(3);
                assertThat(totals.bytes()).isEqualTo(303_000_000L);
                assertThat(totals.medianLog()).isEqualTo(Math.log(101e6));
            });
        }

        @Test
        void leaveThemselvesOutOfJmhDocumentsWithTheReason() {
            var old = fixture.store(ScoredRuns.at(FIRST_DAY).scored("a", 100, 101, 99));
            var score = old.cases().getFirst().score();
            fixture.setDay(31);
            fixture.retention(all(MONTH, null)).expireSomeSamples();

            var document = JmhExport.of(fixture.runs.find(old.id(), true).orElseThrow());

            assertThat(document.getFirst().get("primaryMetric")).isInstanceOfSatisfying(Map.class, metric -> {
                assertThat(metric.get("score")).isEqualTo(score.value());
                assertThat(metric.get("rawData")).isEqualTo(List.of());
                assertThat(metric.get("rawDataReason")).isEqualTo("SAMPLES_EXPIRED");
            });
        }

        @Test
        void goOfRunsWithoutAnyToo() {
            var failed = Runs.run(FIRST_DAY, "generator", Mode.MEASURE, Map.of());
            fixture.runs.add(Runs.with(failed, List.of(failed.cases().getLast())));
            fixture.setDay(31);

            assertThat(fixture.retention(all(MONTH, null)).expireSomeSamples()).isFalse();

            assertThat(fixture.count("run WHERE samples_expired_at IS NOT NULL"))
                    .isOne();
        }

        @Test
        void stayWholeWhereTheSweepDiesAtARunAndGoTheNextTime() {
            var first = fixture.onDay(0, 100);
            var second = fixture.onDay(1, 100);
            fixture.setDay(40);
            var retention = fixture.retention(all(MONTH, null));
            fixture.jdbc.sql("""
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                        RAISE EXCEPTION 'killed';
                    END $$
                    """).update();
            fixture.jdbc.sql("""
                    CREATE TRIGGER killed BEFORE UPDATE ON fork FOR EACH ROW
                    WHEN (OLD.index = 2 AND OLD.run_id = '%s')
                    EXECUTE FUNCTION refuse()
                    """.formatted(second.id())).update();
            try {
                assertThatExceptionOfType(DataAccessException.class).isThrownBy(retention::expireSomeSamples);
            } finally {
                fixture.jdbc.sql("DROP TRIGGER killed ON fork").update();
                fixture.jdbc.sql("DROP FUNCTION refuse").update();
            }

            assertThat(fixture.hasSamples(first)).isFalse();
            assertThat(fixture.runs.find(second.id(), true)).hasValue(second);

            retention.expireSomeSamples();

            assertThat(fixture.hasSamples(second)).isFalse();
        }

        private RunComparison compare(Run from, Run to) {
            return RunComparisons.compare(
                    fixture.runs.find(from.id(), true).orElseThrow(),
                    fixture.runs.find(to.id(), true).orElseThrow(),
                    Comparison.DEFAULT_MARGIN);
        }
    }

    @Nested
    class Policies {

        @Test
        void countInTheirOrder() {
            var release = fixture.store(
                    ScoredRuns.at(FIRST_DAY).label("branch", "release").label("team", "a"));
            var main = fixture.store(ScoredRuns.at(FIRST_DAY).label("branch", "main"));
            var other = fixture.store(ScoredRuns.at(FIRST_DAY).label("branch", "topic"));
            var retention = fixture.retention(
                    policy(Map.of("branch", "release"), null, null),
                    policy(Map.of("branch", "main"), null, Duration.ofDays(90)),
                    all(null, MONTH));
            fixture.setDay(31);

            untilDone(retention::deleteSomeRuns);

            assertThat(fixture.left()).containsExactlyInAnyOrder(release.id(), main.id());
            assertThat(fixture.isThere(other)).isFalse();

            fixture.setDay(91);
            untilDone(retention::deleteSomeRuns);

            assertThat(fixture.left()).containsExactly(release.id());
        }

        @Test
        void leaveRunsAloneThatNoneFits() {
            var run = fixture.store(ScoredRuns.at(FIRST_DAY).label("branch", "main"));
            fixture.setDay(10_000);

            fixture.retention(policy(Map.of("branch", "topic"), MONTH, MONTH)).deleteSomeRuns();
            fixture.retention(policy(Map.of("branch", "topic"), MONTH, MONTH)).expireSomeSamples();
            fixture.retention().deleteSomeRuns();

            assertThat(fixture.isThere(run)).isTrue();
            assertThat(fixture.runs.find(run.id(), true)).hasValue(run);
        }

        @Test
        void keepARunUntilItsTimeIsOver() {
            var run = fixture.onDay(0, 100);
            var retention = fixture.retention(all(MONTH, MONTH));

            fixture.setDay(30);
            retention.expireSomeSamples();
            retention.deleteSomeRuns();
            assertThat(fixture.hasSamples(run)).isTrue();

            fixture.clock.pass(Duration.ofNanos(1_000));
            retention.deleteSomeRuns();
            assertThat(fixture.isThere(run)).isFalse();
        }

        @Test
        void haveNoSayOverSmokeRuns() {
            var smoke = Runs.run(FIRST_DAY, "generator", Mode.SMOKE, Map.of());
            fixture.runs.add(smoke);
            fixture.setDay(100);

            fixture.retention(all(MONTH, MONTH)).deleteSomeRuns();

            assertThat(fixture.isThere(smoke)).isTrue();
        }
    }

    @Nested
    class Kept {

        private final RunRetention retention = fixture.retention(all(Duration.ofDays(10), MONTH));

        private void sweepOnDay(int day) {
            fixture.setDay(day);
            untilDone(retention::expireSomeSamples);
            untilDone(retention::deleteSomeRuns);
        }

        @Test
        void areBaselines() {
            var baseline = fixture.onDay(0, 100);
            var other = fixture.onDay(0, 100);
            fixture.baselines.put("release", baseline.id(), null);

            sweepOnDay(100);

            assertThat(fixture.left()).containsExactly(baseline.id());
            assertThat(fixture.hasSamples(baseline)).isTrue();
            assertThat(fixture.isThere(other)).isFalse();
        }

        @Test
        void areTheNewestGoodRunsThatBaselinesByLabelsStandFor() {
            var old = labelled(0).run();
            var before = labelled(1).run();
            var newest = labelled(2).run();
            var bad = labelled(3).grade("D").run();
            var partial = labelled(3).partial().run();
            var excluded = labelled(3).run();
            var elsewhere = labelled(0).kernel("6.9.0").run();
            var otherJob = labelled(0).label("suite", "nightly").run();
            List.of(old, before, newest, bad, partial, excluded, elsewhere, otherJob)
                    .forEach(fixture.runs::add);
            new ExclusionStore(fixture.jdbc, fixture.clock, fixture.baselines).exclude(excluded.id(), "noise");
            fixture.baselines.put("main", null, Map.of("branch", "main"));

            sweepOnDay(100);

            assertThat(fixture.left())
                    .containsExactlyInAnyOrder(before.id(), newest.id(), elsewhere.id(), otherJob.id());
            var resolved = fixture.baselines.resolve(fixture.baselines.require("main"), newest);
            assertThat(resolved).hasValue(before.id());
        }

        private ScoredRuns labelled(int day) {
            return ScoredRuns.at(FIRST_DAY.plus(Duration.ofDays(day)))
                    .label("branch", "main")
                    .scored("a", 100, 101, 99);
        }

        @Test
        void areRunsBehindAlertsUntilTheseAreDismissed() {
            var suspected = fixture.onDay(0, 100);
            var confirming = fixture.onDay(0, 100);
            var alert = fixture.alerts
                    .raise(new NewAlert(
                            Kind.REGRESSION,
                            "a subject",
                            "generator",
                            "a",
                            "sha256:0",
                            confirming.id(),
                            null,
                            "slower",
                            Map.of("suspectedBy", suspected.id().toString())))
                    .orElseThrow();

            sweepOnDay(100);
            assertThat(fixture.left()).containsExactlyInAnyOrder(suspected.id(), confirming.id());

            fixture.alerts.close(alert.id(), State.CONFIRMED, null);
            sweepOnDay(101);
            assertThat(fixture.left()).hasSize(2);

            fixture.alerts.close(alert.id(), State.DISMISSED, "noise");
            sweepOnDay(102);
            assertThat(fixture.left()).isEmpty();
        }

        @Test
        void areRunsThatAreBeingMeasuredAgain() {
            var suspected = fixture.onDay(0, 100);
            fixture.unfinished.put(suspected.id(), UUID.randomUUID());

            sweepOnDay(100);
            assertThat(fixture.isThere(suspected)).isTrue();

            fixture.unfinished.clear();
            sweepOnDay(101);
            assertThat(fixture.isThere(suspected)).isFalse();
        }

        @Test
        void areFiveRunsOnEachSideOfAChangeOfLevelHoweverManySweepsThereAre() {
            var all = IntStream.range(0, 130)
                    .mapToObj(day -> fixture.onDay(day, day < 60 ? 100 : 120))
                    .toList();
            var beside = all.subList(55, 65).stream().map(Run::id).toList();

            // Day by day at first, as nights go by, then the rest at once.
            for (int day = 80; day < 84; day++) {
                sweepOnDay(day);
            }
            sweepOnDay(200);

            assertThat(fixture.left()).containsExactlyElementsOf(beside);
            assertThat(all.subList(55, 65)).allMatch(fixture::hasSamples);

            sweepOnDay(500);
            assertThat(fixture.left()).containsExactlyElementsOf(beside);
        }

        @Test
        void areRunsBesideAChangeThatTheLookAtAnOlderOneEndsBefore() {
            var all = IntStream.range(0, 170)
                    .mapToObj(day -> fixture.onDay(day, day < 102 ? 100 : 120).id())
                    .toList();

            var beside = new LevelChanges(fixture.runs, fixture.history, 5).beside(List.of(all.get(0), all.get(98)));

            assertThat(beside).containsExactlyInAnyOrderElementsOf(all.subList(97, 107));
        }

        @Test
        void areNoRunsOfAHistoryThatDoesNotChange() {
            IntStream.range(0, 120).forEach(day -> fixture.onDay(day, 100));

            sweepOnDay(300);

            assertThat(fixture.left()).isEmpty();
        }

        @Test
        void areRunsThatSomebodyBroughtBack() {
            var run = fixture.onDay(0, 100);
            sweepOnDay(100);

            fixture.deletions().restore(run.id());
            sweepOnDay(101);

            assertThat(fixture.isThere(run)).isTrue();
        }
    }

    @Nested
    class Purging {

        private final RunRetention retention = fixture.retention(all(null, MONTH));

        @Test
        void removesADeletedRunWithAllThatBelongsToItAfterAWeek() {
            var run = fixture.onDay(0, 100);
            new ExclusionStore(fixture.jdbc, fixture.clock, fixture.baselines).exclude(run.id(), "noise");
            var other = fixture.onDay(20, 100);
            fixture.setDay(31);
            retention.deleteSomeRuns();

            fixture.clock.pass(Duration.ofDays(7).minusSeconds(1));
            assertThat(retention.purgeSomeRuns(9).runs()).isZero();
            assertThat(fixture.count("run")).isEqualTo(2);

            fixture.clock.pass(Duration.ofSeconds(1));
            assertThat(retention.purgeSomeRuns(9)).satisfies(purged -> {
                assertThat(purged.runs()).isOne();
                assertThat(purged.jobs()).containsExactly(run.jobId());
            });
            assertThat(fixture.runs.find(other.id(), true)).hasValue(other);
            assertThat(fixture.count("case_result")).isOne();
            assertThat(fixture.count("fork")).isEqualTo(3);
            assertThat(fixture.count("run_exclusion")).isZero();
        }

        @Test
        void goesByTheBatch() {
            IntStream.range(0, 5).forEach(day -> fixture.onDay(day, 100));
            fixture.setDay(100);
            retention.deleteSomeRuns();
            fixture.setDay(108);

            assertThat(retention.purgeSomeRuns(3).runs()).isEqualTo(3);
            assertThat(retention.purgeSomeRuns(3).runs()).isEqualTo(2);
            assertThat(retention.purgeSomeRuns(3).runs()).isZero();
        }

        @Test
        void leavesADeletedRunThatIsABaselineAllTheSame() {
            var run = fixture.onDay(0, 100);
            fixture.setDay(31);
            retention.deleteSomeRuns();
            assertThat(fixture.baselines.put("late", run.id(), null)).isEmpty();
            // As services before this one allowed where both happened in the same moment.
            fixture.jdbc
                    .sql(
                            "INSERT INTO baseline (name, run_id, created_at, updated_at) VALUES ('late', :run, now(), now())")
                    .param("run", run.id())
                    .update();
            fixture.setDay(60);

            assertThat(retention.purgeSomeRuns(9).runs()).isZero();
            assertThat(fixture.count("baseline")).isOne();
        }
    }

    @Test
    void twoNodesAtOnceDoItOnce() throws Exception {
        var all =
                IntStream.range(0, 120).mapToObj(day -> fixture.onDay(day, 100)).toList();
        fixture.setDay(300);
        var settings = all(MONTH, Duration.ofDays(200));

        var purged = new ArrayList<RunRetention.Purged>();
        try (var nodes = Executors.newFixedThreadPool(2)) {
            Callable<Void> node = () -> {
                var retention = fixture.retention(settings);
                untilDone(retention::expireSomeSamples);
                untilDone(retention::deleteSomeRuns);
                return null;
            };
            for (var done : nodes.invokeAll(List.of(node, node))) {
                done.get();
            }
            // A sweep that passed over what the other held does it the next time.
            node.call();
            fixture.setDay(310);
            Callable<RunRetention.Purged> purge =
                    () -> fixture.retention(settings).purgeSomeRuns(200);
            for (var done : nodes.invokeAll(List.of(purge, purge))) {
                purged.add(done.get());
            }
        }

        assertThat(purged.stream().mapToInt(RunRetention.Purged::runs).sum()).isEqualTo(100);
        assertThat(purged.stream().flatMap(each -> each.jobs().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        all.subList(0, 100).stream().map(Run::jobId).toList());
        assertThat(all.subList(100, 120)).allSatisfy(run -> {
            var forks = fixture.runs
                    .find(run.id(), true)
                    .orElseThrow()
                    .cases()
                    .getFirst()
                    .forks();
            assertThat(forks).allSatisfy(fork -> {
                assertThat(fork.samples()).isEmpty();
                assertThat(fork.sampleTotals().samples()).isEqualTo(3);
                assertThat(fork.sampleTotals().medianLog()).isNotNull();
            });
        });
    }
}
