package dyno.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dyno.suite.SuiteFolder.Text;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.support.GenericApplicationContext;

class SuiteCatalogTest {

    private final List<Text> files = new ArrayList<>();
    private final List<Map<String, ?>> checked = new ArrayList<>();

    @Test
    void readsJobsInTheirOrder() {
        file("quick", """
                description: Both
                jobs:
                  - {name: one, engine: generator, workload: {totalBytes: 1024}}
                  - {name: two, engine: marc}
                """);

        var suite = catalog().require("quick");

        assertThat(suite.description()).isEqualTo("Both");
        assertThat(suite.jobs())
                .containsExactly(
                        new SuiteJob("one", Map.of("engine", "generator", "workload", Map.of("totalBytes", 1024L))),
                        new SuiteJob("two", Map.of("engine", "marc")));
    }

    @Test
    void putsIncludedJobsFirstAndEachOnce() {
        file("base", "description: d\njobs: [{name: base, engine: e}]\n");
        file("left", "description: d\ninclude: [base]\njobs: [{name: left, engine: e}]\n");
        file("right", "description: d\ninclude: [base]\njobs: [{name: right, engine: e}]\n");
        file("all", "description: d\ninclude: [left, right]\n");

        assertThat(catalog().require("all").jobs()).extracting(SuiteJob::name).containsExactly("base", "left", "right");
    }

    @Test
    void knowsItsSuitesByName() {
        file("a", "description: d\njobs: [{name: x, engine: e}]\n");
        file("b", "description: d\njobs: [{name: x, engine: e}]\n");

        assertThat(catalog().names()).containsExactly("a", "b");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> catalog().require("c"))
                .withMessage("There is no suite 'c'; there are a, b")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.UNKNOWN_SUITE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^description: d\ninclude: [s]^                                     | 2 | includes itself: s → s",
                "^description: d\ninclude: [t]^                                     | 2 | no suite 't'",
                "^description: d^                                                   | 1 | needs 'jobs' or 'include'",
                "^jobs: [{name: a, engine: e}]^                                     | 1 | 'description' has to be there",
                "^description: d\njob: []^                                          | 2 | 'job' is none of",
                "^description: d\njobs: a^                                          | 2 | 'jobs' has to be a list",
                "^description: d\njobs:\n  - a^                                     | 3 | a job has to be a map",
                "^description: d\njobs:\n  - engine: e^                             | 3 | 'jobs/0/name' has to be there",
                "^description: d\njobs:\n  - engine: e\n    name: A b^              | 4 | has to match",
                "^description: d\njobs:\n  - {name: a, engine: e}\n  - {name: a, engine: e}^ | 4 | two jobs of one suite",
                "^description: d\njobs:\n  - name: a\n    labels:\n      suite: x^  | 5 | label 'suite'",
            })
    void namesFileLineAndReasonOfWhatIsWrong(String text, int line, String reason) {
        file("s", text);

        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(this::catalog)
                .withMessageStartingWith("config/suites/s.yml, line %d: ".formatted(line))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quick", "a_b", "-a", "a b"})
    void refusesNamesThatCouldNotStandInAUrl(String name) {
        file(name, "description: d\njobs: [{name: x, engine: e}]\n");

        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(this::catalog)
                .withMessageContaining("a suite's name has to match");
    }

    @Test
    void checksEachJobAsItWouldBeSubmitted() {
        file("quick", "description: d\njobs: [{name: one, engine: e, labels: {branch: main}}]\n");

        catalog();

        assertThat(checked).hasSize(1);
        assertThat(checked.getFirst().get("labels"))
                .isEqualTo(Map.of(
                        "suite", "quick", "suiteRun", new UUID(0, 0).toString(), "job", "one", "branch", "main"));
        assertThat(checked.getFirst().containsKey("name")).isFalse();
    }

    @Test
    void stopsTheStartAtAJobThatNoNodeCouldRun() {
        file("quick", """
                description: d
                jobs:
                  - name: one
                    engine: e
                    workload:
                      threads: 0
                """);
        var refusal = new ProblemException(
                ProblemCode.INVALID_REQUEST, "1 thing is wrong", List.of(new Violation("/workload/threads", "0 < 1")));

        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> check(tree -> {
                    throw refusal;
                }))
                .withMessage("config/suites/quick.yml, line 6: job one: 0 < 1");
    }

    @Test
    void startsWithAJobThatOnlyThisNodeCannotRun() {
        file("quick", "description: d\njobs: [{name: one, engine: e}]\n");

        var catalog = check(tree -> {
            throw new ProblemException(ProblemCode.RESOURCE_LIMIT, "too little memory");
        });

        assertThat(catalog.require("quick").jobs()).hasSize(1);
    }

    @Test
    void saysInItsOwnWordsWhatStopsTheStart() {
        file("quick", "description: d\njobs: [{name: one, engine: e}]\n");
        var refusal = new ProblemException(ProblemCode.UNKNOWN_ENGINE, "There is no engine e");
        try (var context = new GenericApplicationContext()) {
            context.registerBean(
                    "suiteCheck",
                    SuiteCheck.class,
                    () -> new SuiteCheck(SuiteFile.readAll(files), tree -> {
                        throw refusal;
                    }));

            var failure = catchThrowable(context::refresh);

            assertThat(failure).isInstanceOf(ApplicationContextException.class);
            assertThat(failure.getCause())
                    .isInstanceOf(SuiteFileException.class)
                    .hasMessage("config/suites/quick.yml, line 2: job one: There is no engine e");
        }
    }

    private void file(String name, String text) {
        files.add(new Text("config/suites/" + name + ".yml", name, text));
    }

    private SuiteCatalog catalog() {
        return check(checked::add);
    }

    private SuiteCatalog check(Consumer<Map<String, @Nullable Object>> check) {
        var started = new SuiteCheck(SuiteFile.readAll(files), check);
        started.start();
        assertThat(started.isRunning()).isTrue();
        return started.suites();
    }
}
