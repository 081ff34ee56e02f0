package dyno.result;

import static dyno.result.RetentionFixture.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dyno.result.LatestCases.LatestCase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LatestCasesIT {

    private static final RetentionFixture SHARED = new RetentionFixture();

    private final RetentionFixture fixture = SHARED.emptied();
    private final LatestCases latest = new LatestCases(fixture.jdbc, fixture.clock);

    @Test
    void areTheNewestScoresOfEachCaseOfEachJob() {
        fixture.store(run(1, "one").scored("a", 100, 100, 100).scored("b", 50, 50, 50));
        var newer = fixture.store(run(2, "one").scored("a", 120, 120, 120));
        var other = fixture.store(run(1, "two").scored("a", 70, 70, 70));
        fixture.setDay(3);

        var cases = latest.ofSuites(Set.of("nightly"), 200);

        assertThat(cases)
                .extracting(
                        LatestCase::job,
                        found -> found.result().name(),
                        found -> Math.round(found.result().score().value() / 1e6))
                .containsExactly(tuple("one", "a", 120L), tuple("one", "b", 50L), tuple("two", "a", 70L));
        assertThat(cases.getFirst().finishedAt()).isEqualTo(newer.finishedAt());
        assertThat(cases.getLast().finishedAt()).isEqualTo(other.finishedAt());
    }

    @Test
    void leavesOutWhatIsNoCurrentResultOfASuite() {
        fixture.store(run(1, "partial").partial().scored("a", 1, 1, 1));
        fixture.store(ScoredRuns.at(FIRST_DAY).label("suite", "unknown").scored("a", 1, 1, 1));
        fixture.store(ScoredRuns.at(FIRST_DAY).scored("a", 1, 1, 1));
        var deleted = fixture.store(run(1, "deleted").scored("a", 1, 1, 1));
        fixture.deletions().delete(deleted.id());
        fixture.store(run(-29, "old").scored("a", 1, 1, 1));
        fixture.setDay(1);

        assertThat(latest.ofSuites(Set.of("nightly"), 200)).isEmpty();
    }

    @Test
    void areNoMoreThanAskedFor() {
        for (int day = 0; day < 5; day++) {
            fixture.store(run(day, "job" + day).scored("a", 1, 1, 1));
        }
        fixture.setDay(5);

        assertThat(latest.ofSuites(Set.of("nightly"), 2))
                .extracting(LatestCase::job)
                .isEqualTo(List.of("job4", "job3"));
    }

    private static ScoredRuns run(int day, String job) {
        return ScoredRuns.at(FIRST_DAY.plus(Duration.ofDays(day)))
                .label("suite", "nightly")
                .label("job", job);
    }
}
