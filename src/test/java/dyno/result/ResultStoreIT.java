package dyno.result;

import static dyno.result.Runs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.measurement.Plan.Mode;
import dyno.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ResultStoreIT {

    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final List<Object> published = new ArrayList<>();
    private final ResultStore store = new ResultStore(jdbc, published::add);

    @Test
    void readsBackWhatWasStoredDownToTheLastSample() {
        var run = Runs.at(NOON);

        store.add(run);

        assertThat(store.find(run.id(), true)).hasValue(run);
    }

    @Test
    void storesTextThatPostgresCanLookInto() {
        var stored = new StoredJson().write(Map.of("lastOutput", "a\u0000b"));

        var seen = jdbc.sql("SELECT CAST(? AS json) ->> 'lastOutput'")
                .param(stored)
                .query(String.class)
                .single();

        assertThat(seen).isEqualTo("a\ufffdb");
    }

    @Test
    void leavesOutForksThatNobodyAskedFor() {
        var run = Runs.at(NOON);
        store.add(run);

        var found = store.find(run.id(), false).orElseThrow();

        assertThat(found.cases())
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.forks()).isNull());
        assertThat(found.cases().getFirst().score())
                .isEqualTo(run.cases().getFirst().score());
    }

    @Test
    void keepsTheOrderOfWorkloadMetricsAndFacts() {
        var run = Runs.at(NOON);
        store.add(run);

        var found = store.find(run.id(), false).orElseThrow();

        var stored = found.cases().getFirst();
        var given = run.cases().getFirst();
        assertThat(stored.workload().keySet())
                .containsExactlyElementsOf(given.workload().keySet());
        assertThat(stored.metrics().keySet())
                .containsExactlyElementsOf(given.metrics().keySet());
        assertThat(found.environment().facts().keySet())
                .containsExactlyElementsOf(run.environment().facts().keySet());
    }

    @Test
    void findsNothingWhereThereIsNoRun() {
        assertThat(store.find(UUID.randomUUID(), true)).isEmpty();
    }

    @Test
    void refusesASecondRunOfAJob() {
        var run = Runs.at(NOON);
        store.add(run);
        var second = new Run(
                UUID.randomUUID(),
                run.jobId(),
                run.engine(),
                run.plan(),
                run.startedAt(),
                run.finishedAt(),
                run.labels(),
                run.reason(),
                run.partial(),
                run.environment(),
                run.quality(),
                run.cases());

        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> store.add(second));
    }

    @Test
    void leavesNothingBehindWhenTheCallersTransactionRollsBack() {
        var run = Runs.at(NOON);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));

        transaction.executeWithoutResult(status -> {
            store.add(run);
            status.setRollbackOnly();
        });

        assertThat(store.find(run.id(), false)).isEmpty();
        assertThat(count("environment") + count("case_result") + count("fork")).isZero();
    }

    @Test
    void tellsOthersThatARunIsStored() {
        var run = Runs.at(NOON);

        store.add(run);

        assertThat(published).containsExactly(new RunStored(run));
    }

    @Test
    void keepsOneEnvironmentForRunsOnTheSameMachine() {
        store.add(Runs.at(NOON));
        store.add(Runs.at(NOON.plusSeconds(60)));

        assertThat(count("environment")).isOne();
        assertThat(jdbc.sql("SELECT last_seen_at - first_seen_at = interval '60 s' FROM environment")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void removesTheOldestSmokeRunsThatAreOldAndNothingElse() {
        var measured = Runs.at(NOON);
        var old = Runs.run(NOON, "generator", Mode.SMOKE, Map.of());
        var younger = Runs.run(NOON.plusSeconds(1), "generator", Mode.SMOKE, Map.of());
        var young = Runs.run(NOON.plusSeconds(2), "generator", Mode.SMOKE, Map.of());
        List.of(measured, young, younger, old).forEach(store::add);

        assertThat(store.removeSmokeRuns(NOON.plusSeconds(2), 1)).isOne();
        assertThat(store.find(old.id(), false)).isEmpty();
        assertThat(store.find(younger.id(), false)).isPresent();

        assertThat(store.removeSmokeRuns(NOON.plusSeconds(2), 9)).isOne();
        assertThat(store.find(young.id(), false)).isPresent();
        assertThat(store.find(measured.id(), false)).isPresent();
    }

    @Test
    void removesCasesAndForksWithTheirRun() {
        store.add(Runs.run(NOON, "generator", Mode.SMOKE, Map.of()));

        jdbc.sql("DELETE FROM run").update();

        assertThat(count("case_result") + count("fork")).isZero();
    }

    @Test
    void refusesAForkWhoseColumnsDifferInLength() {
        store.add(Runs.at(NOON));

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("UPDATE fork SET items = '{1}'").update());
    }

    private long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
