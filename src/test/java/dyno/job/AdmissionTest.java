package dyno.job;

import static dyno.job.Submissions.MIB;
import static dyno.job.Submissions.messages;
import static dyno.job.Submissions.plan;
import static dyno.job.Submissions.pointers;
import static dyno.job.Submissions.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Warning;
import dyno.fork.ForkMemory;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.web.ProblemCode;
import dyno.web.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    @Nested
    class Cases {

        @Test
        void isOneCalledDefaultWithoutVariantsAndMatrix() {
            assertThat(names("{'engine': 'pump'}")).containsExactly("default");
        }

        @Test
        void areVariantsTimesMatrixWithTheLastKeyTurningFastest() {
            assertThat(names("""
                    {'engine': 'pump', 'variants': [{'name': 'legacy'}, {'name': 'direct'}],
                     'matrix': {'chunkBytes': [4096, 8192], 'threads': [1, 2]}}
                    """))
                    .containsExactly(
                            "legacy[chunkBytes=4096,threads=1]",
                            "legacy[chunkBytes=4096,threads=2]",
                            "legacy[chunkBytes=8192,threads=1]",
                            "legacy[chunkBytes=8192,threads=2]",
                            "direct[chunkBytes=4096,threads=1]",
                            "direct[chunkBytes=4096,threads=2]",
                            "direct[chunkBytes=8192,threads=1]",
                            "direct[chunkBytes=8192,threads=2]");
        }

        @Test
        void keepTheMatrixInTheOrderGiven() {
            assertThat(names(
                            "{'engine': 'pump', 'matrix': {'threads': [2], 'chunkBytes': [64], 'input.depth': [2.5]}}"))
                    .containsExactly("default[threads=2,chunkBytes=64,input.depth=2.5]");
        }

        @Test
        void nameStringsNullsAndWordsAsTheyAre() {
            assertThat(
                            names(
                                    "{'engine': 'pump', 'matrix': {'mode': ['LEGACY'], 'note': [null, 'wet'], 'once': [false]}}"))
                    .containsExactly(
                            "default[mode=LEGACY,note=null,once=false]", "default[mode=LEGACY,note=wet,once=false]");
        }

        @Test
        void mergeDeeply() {
            var job = plan("""
                    {'engine': 'pump', 'workload': {'input': {'rows': 7, 'depth': 3.5}, 'note': 'wet'},
                     'variants': [{'name': 'a', 'workload': {'input': {'rows': 8}, 'note': null}}]}
                    """);

            var workload = job.cases().getFirst().workload();
            assertThat(workload.get("input")).isEqualTo(Map.of("rows", 8L, "depth", 3.5));
            assertThat(workload).containsEntry("note", null);
        }

        @Test
        void letTheMatrixWinOverTheVariant() {
            var job = plan("""
                    {'engine': 'pump', 'variants': [{'name': 'a', 'workload': {'input': {'rows': 8}}}],
                     'matrix': {'input.rows': [9]}}
                    """);

            assertThat(job.cases().getFirst().workload().get("input")).isEqualTo(Map.of("rows", 9L, "depth", 1.5));
        }

        @Test
        void compareWithTheBaselineOfTheSameMatrixValues() {
            var job = plan("""
                    {'engine': 'pump', 'variants': [{'name': 'old'}, {'name': 'new'}], 'baseline': 'old',
                     'matrix': {'threads': [1, 2]}}
                    """);

            assertThat(job.cases())
                    .extracting(PlannedCase::baseline)
                    .containsExactly("old[threads=1]", "old[threads=2]", "old[threads=1]", "old[threads=2]");
        }

        @Test
        void areAtMost256() {
            var values = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16";
            var most = "{'engine': 'pump', 'matrix': {'chunkBytes': [%s], 'threads': [%s]}}".formatted(values, values);
            assertThat(plan(most.replace("'pump'", "'pump', 'workload': {'input': {'rows': 1}}"))
                            .cases())
                    .hasSize(256);

            var more = """
                    {'engine': 'pump', 'variants': [{'name': 'a'}, {'name': 'b'}],
                     'matrix': {'chunkBytes': [%s], 'threads': [%s], 'input.rows': [%s]}}
                    """.formatted(values, values, values);
            assertThat(refusal(more).code()).isEqualTo(ProblemCode.TOO_MANY_CASES);
        }

        @Test
        void mustNotShareANameThatTwoValuesSpell() {
            var problem = refusal("{'engine': 'pump', 'matrix': {'note': [null, 'null']}}");

            assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
            assertThat(pointers(problem)).containsExactly("/matrix/note/1");
        }
    }

    @Nested
    class ContradictionsOfCases {

        @Test
        void pointAtTheWorkloadOfAPlainJobWithoutNamingACase() {
            var problem = refusal("{'engine': 'pump', 'workload': {'mode': 'LEGACY', 'threads': 9}}");

            assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_WORKLOAD);
            assertThat(pointers(problem)).containsExactly("/workload/threads");
            assertThat(messages(problem)).containsExactly("threads is 9, but LEGACY has 8 at most; 8");
        }

        @Test
        void pointAtWhoeverSetTheField() {
            var problem = refusal("""
                    {'engine': 'pump', 'workload': {'mode': 'LEGACY', 'input': {'rows': 50}, 'chunkBytes': 40},
                     'variants': [{'name': 'wide', 'workload': {'threads': 9}}, {'name': 'plain'}],
                     'matrix': {'input.depth': [1, 2]}}
                    """);

            assertThat(pointers(problem))
                    .containsExactly(
                            "/variants/0/workload/threads",
                            "/workload/input/rows",
                            "/variants/0/workload/threads",
                            "/workload/input/rows",
                            "/workload/input/rows",
                            "/workload/input/rows");
            assertThat(messages(problem).getFirst()).startsWith("case wide[input.depth=1]: threads is 9");
        }

        @Test
        void pointAtTheMatrixValue() {
            var problem = refusal("{'engine': 'pump', 'workload': {'mode': 'LEGACY'}, 'matrix': {'threads': [1, 9]}}");

            assertThat(pointers(problem)).containsExactly("/matrix/threads/1");
        }

        @Test
        void pointBelowTheWorkloadWhereADefaultIsAtFault() {
            assertThat(pointers(refusal("{'engine': 'pump', 'workload': {'chunkBytes': 5}}")))
                    .containsExactly("/workload/input/rows");
        }

        @Test
        void comeTogetherWithThoseOfThePlan() {
            var problem = refusal("""
                    {'engine': 'pump', 'workload': {'mode': 'LEGACY', 'threads': 9},
                     'plan': {'mode': 'SMOKE', 'forks': 2}}
                    """);

            assertThat(pointers(problem)).containsExactly("/workload/threads", "/plan/forks");
        }
    }

    @Nested
    class Plans {

        @ParameterizedTest
        @CsvSource({"MEASURE, 3, 3, 5, 200", "SMOKE, 1, 1, 1, 0"})
        void followTheirMode(Mode mode, int forks, int warmup, int iterations, int millis) {
            assertThat(plan("{'engine': 'pump', 'plan': {'mode': '%s'}}".formatted(mode))
                            .plan())
                    .isEqualTo(new Plan(mode, forks, warmup, iterations, millis));
        }

        @Test
        void measureOnceWhatMustNotBeRepeated() {
            assertThat(plan("{'engine': 'pump', 'workload': {'once': true}}").plan())
                    .isEqualTo(Plan.once(Mode.MEASURE));
        }

        @Test
        void contradictWorkThatMustNotBeRepeated() {
            var problem = refusal("""
                    {'engine': 'pump', 'workload': {'once': true},
                     'plan': {'forks': 3, 'warmupIterations': 1, 'iterations': 2, 'minIterationMillis': 1}}
                    """);

            assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_WORKLOAD);
            assertThat(pointers(problem))
                    .containsExactly(
                            "/plan/forks", "/plan/warmupIterations", "/plan/iterations", "/plan/minIterationMillis");
        }
    }

    @Nested
    class Profiles {

        @Test
        void areAForkMoreInTheEstimate() {
            var without = plan("{'engine': 'pump', 'plan': {'forks': 4}}");
            var with = plan("{'engine': 'pump', 'plan': {'forks': 4, 'profile': 'JFR'}}");

            assertThat(without.plan().profile()).isEqualTo(Plan.Profile.NONE);
            assertThat(with.plan().profile()).isEqualTo(Plan.Profile.JFR);
            assertThat(with.plan().forks()).isEqualTo(4);
            assertThat(with.estimatedSeconds()).isGreaterThan(without.estimatedSeconds());
        }

        @Test
        void contradictJobsThatHaveNoForkToSpare() {
            var smoke = refusal("{'engine': 'pump', 'plan': {'mode': 'SMOKE', 'profile': 'JFR'}}");
            var once = refusal("{'engine': 'pump', 'workload': {'once': true}, 'plan': {'profile': 'JFR'}}");

            assertThat(smoke.code()).isEqualTo(ProblemCode.INVALID_WORKLOAD);
            assertThat(pointers(smoke)).containsExactly("/plan/profile");
            assertThat(pointers(once)).containsExactly("/plan/profile");
        }
    }

    @Nested
    class Limits {

        @Test
        void ofMemoryAreNamedBesideWhatIsNeeded() {
            var problem = refusal("{'engine': 'pump', 'workload': {'appetiteBytes': %d}}".formatted(1024 * MIB));

            assertThat(problem.code()).isEqualTo(ProblemCode.RESOURCE_LIMIT);
            long needed = ForkMemory.of(new PumpEngine().estimate(appetite(1024 * MIB), Submissions.MACHINE))
                    .totalBytes();
            assertThat(messages(problem)).hasSize(1);
            assertThat(messages(problem).getFirst()).contains(Long.toString(needed), Long.toString(1024 * MIB));
        }

        @Test
        void ofTheEngineAreNamedWithTheirField() {
            var problem = refusal("{'engine': 'pump', 'workload': {'input': {'rows': 999}}}");

            assertThat(problem.code()).isEqualTo(ProblemCode.RESOURCE_LIMIT);
            assertThat(problem.violations())
                    .containsExactly(
                            new Violation("/workload/input/rows", "input.rows is 999, but the pump has 998 at most"));
        }

        @Test
        void ofTheEngineAreNotToldBesideContradictions() {
            var problem =
                    refusal("{'engine': 'pump', 'workload': {'input': {'rows': 999}, 'mode': 'LEGACY', 'threads': 9}}");

            assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_WORKLOAD);
            assertThat(messages(problem)).hasSize(1);
        }

        @Test
        void ofSmokeJobsAreTheirOwn() {
            var body = "{'engine': 'pump', 'workload': {'appetiteBytes': %d}, 'plan': {'mode': '%s'}}";

            assertThat(plan(body.formatted(256 * MIB, "MEASURE")).memoryBytes()).isLessThan(1024 * MIB);
            assertThat(refusal(body.formatted(256 * MIB, "SMOKE")).code()).isEqualTo(ProblemCode.RESOURCE_LIMIT);
        }

        @Test
        void areOfDiskAsWell() {
            var problem = refusal("{'engine': 'pump', 'workload': {'appetiteBytes': %d}}".formatted(1L << 60));

            assertThat(messages(problem)).hasSize(2);
            assertThat(messages(problem).getLast()).contains(Long.toString(1L << 60), Long.toString(2048 * MIB));
        }

        private PumpWorkload appetite(long bytes) {
            return new PumpWorkload(
                    4096, 4, PumpWorkload.Mode.DIRECT, false, null, bytes, null, new PumpWorkload.Source(10, 1.5));
        }
    }

    @Test
    void takesADatabaseThatIsThere() {
        assertThat(plan("{'engine': 'pump', 'matrix': {'reservoir': ['database', 'target.archive', null]}}")
                        .cases())
                .hasSize(3);
    }

    @Test
    void refusesADatabaseThatNobodyConfigured() {
        var problem = refusal("{'engine': 'pump', 'matrix': {'reservoir': ['database', 'target.lake']}}");

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_WORKLOAD);
        assertThat(pointers(problem)).containsExactly("/matrix/reservoir/1");
        assertThat(messages(problem))
                .containsExactly("case default[reservoir=target.lake]: reservoir 'lake' is not configured here"
                        + " (dyno.etl.targets.lake.url); service or one of [archive]");
    }

    @Test
    void estimatesForksByPreparationAndIterations() {
        // A fork: 0.6 s to start, 2 s to prepare, 1 + 2 iterations of 1 s; two cases of two forks each.
        var job = plan("""
                {'engine': 'pump', 'matrix': {'threads': [1, 2]},
                 'plan': {'forks': 2, 'warmupIterations': 1, 'iterations': 2, 'minIterationMillis': 1000}}
                """);

        assertThat(job.estimatedSeconds()).isEqualTo(23);
    }

    @Test
    void showsTheSpecWithDefaultsFilledIn() {
        var tree = plan("{'engine': 'pump', 'workload': {'chunkBytes': 8192}, 'reason': 'why'}")
                .tree();

        assertThat(tree).containsKeys("engine", "workload", "plan", "timeoutSeconds", "priority", "labels", "reason");
        assertThat(tree.get("workload").toString()).contains("chunkBytes=8192", "threads=4", "rows=10");
        assertThat(tree).containsEntry("timeoutSeconds", 900L).containsEntry("priority", 50L);
        assertThat(tree.get("plan").toString()).contains("mode=MEASURE", "forks=3");
    }

    @Test
    void givesTheSameJobForTheSpecThatItShows() {
        var first = plan("""
                {'engine': 'pump', 'variants': [{'name': 'a', 'workload': {'mode': 'LEGACY'}}, {'name': 'b'}],
                 'baseline': 'a', 'matrix': {'threads': [2, 1]}, 'labels': {'x': 'y'}}
                """);

        var second = new Admission(
                        Submissions.CATALOG,
                        () -> Submissions.MACHINE,
                        Submissions.CAPACITY,
                        Submissions.DATABASES,
                        name -> Optional.empty())
                .plan(first.tree());

        assertThat(second.cases()).isEqualTo(first.cases());
        assertThat(second.tree()).isEqualTo(first.tree());
    }

    @Test
    void warnsOnceOfWhatSeveralCasesIgnore() {
        var job = plan("""
                {'engine': 'pump', 'workload': {'mode': 'LEGACY', 'input': {'depth': 2}},
                 'matrix': {'threads': [1, 2]}}
                """);

        assertThat(job.warnings())
                .isEqualTo(List.of(new Warning("IGNORED_FIELD", "input.depth has no effect with LEGACY")));
    }

    private static List<String> names(String json) {
        return plan(json).cases().stream().map(PlannedCase::name).toList();
    }
}
