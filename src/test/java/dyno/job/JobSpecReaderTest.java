package dyno.job;

import static dyno.job.Submissions.pointers;
import static dyno.job.Submissions.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dyno.engine.FailureCode;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.web.ProblemCode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSpecReaderTest {

    private final JobSpecReader reader = new JobSpecReader(Submissions.CATALOG);

    @Test
    void readsEveryField() {
        var spec = read("""
                {'engine': 'pump', 'workload': {'chunkBytes': 8},
                 'variants': [{'name': 'legacy', 'workload': {'mode': 'LEGACY'}, 'mayFail': ['OUT_OF_MEMORY']},
                              {'name': 'direct'}],
                 'baseline': 'legacy', 'matrix': {'threads': [1, 2], 'input.rows': [5]},
                 'plan': {'mode': 'MEASURE', 'forks': 5}, 'timeoutSeconds': 60, 'caseTimeoutSeconds': 30,
                 'priority': 99, 'labels': {'branch': 'main'}, 'reason': 'nightly'}
                """);

        assertThat(spec.workload()).containsExactly(entry("chunkBytes", 8L));
        assertThat(spec.variants()).extracting(JobSpec.Variant::name).containsExactly("legacy", "direct");
        assertThat(spec.variants().getFirst().mayFail()).containsExactly(FailureCode.OUT_OF_MEMORY);
        assertThat(spec.matrix()).containsOnlyKeys("threads", "input.rows");
        assertThat(spec.plan().orElse(Plan.defaults(Mode.MEASURE))).isEqualTo(new Plan(Mode.MEASURE, 5, 3, 5, 200));
        assertThat(spec.timeoutSeconds()).isEqualTo(60);
        assertThat(spec.caseTimeoutSeconds()).isEqualTo(30);
        assertThat(spec.priority()).isEqualTo(99);
        assertThat(spec.labels()).containsExactly(entry("branch", "main"));
        assertThat(spec.reason()).isEqualTo("nightly");
    }

    @Test
    void takesAJobThatNamesItsEngineOnly() {
        var spec = read("{'engine': 'pump'}");

        assertThat(spec.variants()).isEmpty();
        assertThat(spec.matrix()).isEmpty();
        assertThat(spec.priority()).isEqualTo(50);
        assertThat(spec.plan().mode()).isEqualTo(Mode.MEASURE);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "[]                                                   |",
                "null                                                 |",
                "5                                                    |",
                "{}                                                   |",
                "{'engine': 5}                                        | /engine",
                "{'engine': 'pump', 'workload': []}                   | /workload",
                "{'engine': 'pump', 'workload': null}                 | /workload",
                "{'engine': 'pump', 'workload': {'chunkBytes': '5'}}  | /workload/chunkBytes",
                "{'engine': 'pump', 'workload': {'chunkBytes': 1.5}}  | /workload/chunkBytes",
                "{'engine': 'pump', 'workload': {'chunkBytes': 0}}    | /workload/chunkBytes",
                "{'engine': 'pump', 'workload': {'input': {'rows': 0}}} | /workload/input/rows",
                "{'engine': 'pump', 'variants': {}}                   | /variants",
                "{'engine': 'pump', 'variants': [5]}                  | /variants/0",
                "{'engine': 'pump', 'variants': [{}]}                 | /variants/0",
                "{'engine': 'pump', 'variants': [{'name': 'A'}]}      | /variants/0/name",
                "{'engine': 'pump', 'variants': [{'name': ''}]}       | /variants/0/name",
                "{'engine': 'pump', 'variants': [{'name': '-a'}]}     | /variants/0/name",
                "{'engine': 'pump', 'variants': [{'name': null}]}     | /variants/0/name",
                "{'engine': 'pump', 'variants': [{'name': 'a'}, {'name': 'a'}]}               | /variants/1/name",
                "{'engine': 'pump', 'variants': [{'name': 'a', 'workload': {'mode': 'FAST'}}]} | /variants/0/workload/mode",
                "{'engine': 'pump', 'variants': [{'name': 'a', 'mayFail': ['VERIFICATION_FAILED']}]} | /variants/0/mayFail/0",
                "{'engine': 'pump', 'variants': [{'name': 'a', 'mayFail': 'TIMED_OUT'}]}      | /variants/0/mayFail",
                "{'engine': 'pump', 'baseline': 'b'}                  | /baseline",
                "{'engine': 'pump', 'baseline': null}                 | /baseline",
                "{'engine': 'pump', 'matrix': []}                     | /matrix",
                "{'engine': 'pump', 'matrix': {'threads': []}}        | /matrix/threads",
                "{'engine': 'pump', 'matrix': {'threads': 5}}         | /matrix/threads",
                "{'engine': 'pump', 'matrix': {'threads': [1, 0]}}    | /matrix/threads/1",
                "{'engine': 'pump', 'matrix': {'threads': [1, 2, 1]}} | /matrix/threads/2",
                "{'engine': 'pump', 'matrix': {'input.rows': ['x']}}  | /matrix/input.rows/0",
                "{'engine': 'pump', 'plan': []}                       | /plan",
                "{'engine': 'pump', 'plan': {'mode': 'smoke'}}        | /plan/mode",
                "{'engine': 'pump', 'plan': {'forks': 0}}             | /plan/forks",
                "{'engine': 'pump', 'plan': {'forks': 51}}            | /plan/forks",
                "{'engine': 'pump', 'plan': {'forks': 2.0}}           | /plan/forks",
                "{'engine': 'pump', 'plan': {'forks': 18446744073709551617}} | /plan/forks",
                "{'engine': 'pump', 'plan': {'warmupIterations': -1}} | /plan/warmupIterations",
                "{'engine': 'pump', 'plan': {'warmupIterations': 101}} | /plan/warmupIterations",
                "{'engine': 'pump', 'plan': {'iterations': 0}}        | /plan/iterations",
                "{'engine': 'pump', 'plan': {'iterations': 1001}}     | /plan/iterations",
                "{'engine': 'pump', 'plan': {'minIterationMillis': 60001}} | /plan/minIterationMillis",
                "{'engine': 'pump', 'timeoutSeconds': 0}              | /timeoutSeconds",
                "{'engine': 'pump', 'timeoutSeconds': 86401}          | /timeoutSeconds",
                "{'engine': 'pump', 'caseTimeoutSeconds': 86401}      | /caseTimeoutSeconds",
                "{'engine': 'pump', 'priority': 101}                  | /priority",
                "{'engine': 'pump', 'priority': -1}                   | /priority",
                "{'engine': 'pump', 'labels': {'1a': 'x'}}            | /labels/1a",
                "{'engine': 'pump', 'labels': {'a': 1}}               | /labels/a",
                "{'engine': 'pump', 'labels': {'a': null}}            | /labels/a",
                "{'engine': 'pump', 'reason': 5}                      | /reason",
                "{'engine': 'pump', 'reason': 'a\\u0000b'}            | /reason",
                "{'engine': 'pump', 'labels': {'a': 'x\\ud800'}}      | /labels/a",
            })
    void refusesWhatBreaksTypesOrBounds(String body, String pointer) {
        var problem = refusal(body);

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(pointers(problem)).containsExactly(pointer == null ? "" : pointer);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'engine': 'pump', 'speed': 1}                                      | /speed",
                "{'engine': 'pump', 'a/b~c': 1}                                      | /a~1b~0c",
                "{'engine': 'pump', 'plan': {'fork': 1}}                             | /plan/fork",
                "{'engine': 'pump', 'workload': {'chunkByte': 1}}                    | /workload/chunkByte",
                "{'engine': 'pump', 'workload': {'input': {'row': 1}}}               | /workload/input/row",
                "{'engine': 'pump', 'variants': [{'name': 'a', 'baseline': true}]}   | /variants/0/baseline",
                "{'engine': 'pump', 'variants': [{'name': 'a', 'workload': {'x': 1}}]} | /variants/0/workload/x",
                "{'engine': 'pump', 'matrix': {'input.row': [1]}}                    | /matrix/input.row",
            })
    void callsFieldsUnknownThatNobodyAskedFor(String body, String pointer) {
        var problem = refusal(body);

        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_FIELD);
        assertThat(pointers(problem)).containsExactly(pointer);
    }

    @Test
    void listsEverythingThatIsWrongAtOnce() {
        var problem = refusal("""
                {'engine': 'pump', 'workload': {'chunkBytes': 0, 'mode': 'FAST', 'depth': 1},
                 'variants': [{'name': 'A', 'workload': {'threads': 65}}], 'baseline': 'a',
                 'matrix': {'input.rows': [0, 'x']}, 'plan': {'forks': 0, 'iterations': '5'},
                 'timeoutSeconds': 0, 'priority': 101, 'labels': {'a b': 'x'}, 'reason': 7, 'extra': 1}
                """);

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(pointers(problem))
                .containsExactlyInAnyOrder(
                        "/workload/chunkBytes",
                        "/workload/mode",
                        "/workload/depth",
                        "/variants/0/name",
                        "/variants/0/workload/threads",
                        "/baseline",
                        "/matrix/input.rows/0",
                        "/matrix/input.rows/1",
                        "/plan/forks",
                        "/plan/iterations",
                        "/timeoutSeconds",
                        "/priority",
                        "/labels/a b",
                        "/reason",
                        "/extra");
    }

    @Test
    void doesNotKnowEveryEngine() {
        assertThat(refusal("{'engine': 'mill', 'workload': {'x': 1}}").code()).isEqualTo(ProblemCode.UNKNOWN_ENGINE);
    }

    @Test
    void looksAtBoundsBeforeItLooksForTheEngine() {
        assertThat(refusal("{'engine': 'mill', 'priority': -1}").code()).isEqualTo(ProblemCode.INVALID_REQUEST);
    }

    @Test
    void takesAsManyVariantsAndLabelsAsAllowedAndNoMore() {
        assertThat(read("{'engine': 'pump', 'variants': [%s]}".formatted(variants(64)))
                        .variants())
                .hasSize(64);
        assertThat(pointers(refusal("{'engine': 'pump', 'variants': [%s]}".formatted(variants(65)))))
                .containsExactly("/variants");
        assertThat(read("{'engine': 'pump', 'labels': {%s}}".formatted(labels(32)))
                        .labels())
                .hasSize(32);
        assertThat(pointers(refusal("{'engine': 'pump', 'labels': {%s}}".formatted(labels(33)))))
                .containsExactly("/labels");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void countsTheCharactersOfAReason(int characters) {
        var body = "{'engine': 'pump', 'reason': '%s'}".formatted("x".repeat(characters));
        if (characters <= 200) {
            assertThat(read(body).reason()).hasSize(characters);
        } else {
            assertThat(pointers(refusal(body))).containsExactly("/reason");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 257})
    void countsTheValuesOfAMatrixKeyAndOfALabel(int length) {
        var values = IntStream.rangeClosed(1, length).mapToObj(String::valueOf).collect(Collectors.joining(","));
        var matrix = "{'engine': 'pump', 'matrix': {'chunkBytes': [%s]}}".formatted(values);
        var label = "{'engine': 'pump', 'labels': {'a': '%s'}}".formatted("x".repeat(length));
        if (length <= 256) {
            assertThat(read(matrix).matrix().get("chunkBytes")).hasSize(length);
            assertThat(read(label).labels().get("a")).hasSize(length);
        } else {
            assertThat(pointers(refusal(matrix))).containsExactly("/matrix/chunkBytes");
            assertThat(pointers(refusal(label))).containsExactly("/labels/a");
        }
    }

    private JobSpec read(String json) {
        return reader.read(Submissions.tree(json));
    }

    private static String variants(int count) {
        return IntStream.range(0, count).mapToObj("{'name': 'v%d'}"::formatted).collect(Collectors.joining(","));
    }

    private static String labels(int count) {
        return IntStream.range(0, count).mapToObj("'k%d': 'v'"::formatted).collect(Collectors.joining(","));
    }
}
