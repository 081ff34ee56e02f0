package dyno.job;

import static dyno.job.Submissions.messages;
import static dyno.job.Submissions.pointers;
import static dyno.job.Submissions.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dyno.catalog.EngineCatalog;
import dyno.engine.Dataset;
import dyno.engine.DatasetFile;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedDatasetsTest {

    private final Map<String, Dataset> datasets = new HashMap<>(Map.of("books", dataset("books", "marc", 1 << 20)));

    @Test
    void plansACaseForTheDatasetThatItNames() {
        var job = plan("{'engine': 'marc', 'workload': {'input': {'dataset': 'books'}}}");

        assertThat(job.cases().getFirst().dataset()).isEqualTo(new PlannedDataset("books", "0b"));
        assertThat(job.datasets()).containsExactly(new PlannedDataset("books", "0b"));
    }

    @Test
    void namesEachDatasetOfAJobOnce() {
        datasets.put("more", dataset("more", "marc", 1 << 20));

        var job = plan("""
                {'engine': 'marc', 'variants': [
                   {'name': 'a', 'workload': {'input': {'dataset': 'books'}}},
                   {'name': 'b', 'workload': {'input': {'dataset': 'more'}}},
                   {'name': 'c', 'workload': {'input': {'dataset': 'books'}, 'operation': 'JSON'}},
                   {'name': 'd'}]}
                """);

        assertThat(job.datasets()).extracting(PlannedDataset::name).containsExactly("books", "more");
        assertThat(job.cases().getLast().dataset()).isNull();
    }

    @Test
    void pointsAtEveryNameThatIsNotThere() {
        var problem = refusal("""
                {'engine': 'marc', 'workload': {'input': {'dataset': 'none'}}, 'variants': [
                   {'name': 'a'}, {'name': 'b', 'workload': {'input': {'dataset': 'nor this'}}}],
                 'matrix': {'threads': [2]}}
                """);

        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_DATASET);
        assertThat(pointers(problem)).containsExactly("/workload/input/dataset", "/variants/1/workload/input/dataset");
        assertThat(messages(problem))
                .containsExactly(
                        "case a[threads=2]: there is no dataset \"none\"",
                        "case b[threads=2]: there is no dataset \"nor this\"");
    }

    @Test
    void refusesADatasetOfAnotherKindBesideAllOtherContradictions() {
        datasets.put("people", dataset("people", "users", 0));

        var problem = refusal("{'engine': 'marc', 'workload': {'input': {'dataset': 'people'}, 'threads': 2}}");

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_WORKLOAD);
        assertThat(pointers(problem)).containsExactly("/workload/threads", "/workload/input/dataset");
        assertThat(messages(problem))
                .contains("dataset people is of kind users, but engine marc reads marc; name one of kind marc");
    }

    @Test
    void asksForTheMemoryThatTheDatasetNeeds() {
        datasets.put("large", dataset("large", "marc", 1_900_000_000));

        var problem = refusal("{'engine': 'marc', 'workload': {'input': {'dataset': 'large'}}}");

        assertThat(problem.code()).isEqualTo(ProblemCode.RESOURCE_LIMIT);
    }

    private PlannedJob plan(String json) {
        return new Admission(
                        EngineCatalog.standard(),
                        () -> Submissions.MACHINE,
                        Submissions.CAPACITY,
                        Submissions.DATABASES,
                        name -> Optional.ofNullable(datasets.get(name)))
                .plan(tree(json));
    }

    private ProblemException refusal(String json) {
        var problem = catchThrowableOfType(ProblemException.class, () -> plan(json));
        if (problem == null) {
            throw new AssertionError("This was not refused: " + json);
        }
        return problem;
    }

    private static Dataset dataset(String name, String kind, long bytes) {
        var file = new DatasetFile("f", Path.of("f"), bytes, "0b", Map.of());
        return new Dataset(name, kind, "0b", List.of(file), Map.of("records", 1L));
    }
}
