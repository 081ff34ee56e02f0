package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dyno.support.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Plants what is forbidden, and sees the rules find it.
class ArchitectureRulesTest {

    @Test
    void findsImportsThatTheTableForbids() throws Exception {
        var forbidden = """
                engine.kernel dyno.engine.Work
                engine.kernel tools.jackson.core.JsonParser
                engine dyno.catalog.EngineCatalog
                engine java.sql.Connection
                engine org.slf4j.Logger
                engine.marc org.springframework.context.ApplicationContext
                engine.marc tools.jackson.databind.json.JsonMapper
                engine.etl io.micrometer.core.instrument.MeterRegistry
                engine.etl jakarta.servlet.Filter
                measurement dyno.catalog.EngineCatalog
                measurement java.sql.Connection
                environment org.springframework.context.ApplicationContext
                catalog dyno.environment.Environment
                fork dyno.result.Run
                fork org.springframework.context.ApplicationContext
                web dyno.catalog.EngineCatalog
                embedded dyno.web.Violation
                dataset dyno.result.Run
                result dyno.fork.ForkRequest
                job dyno.embedded.EmbeddedPostgres
                job dyno.Dyno
                suite dyno.result.Run
                metrics dyno.web.Violation
                security dyno.engine.Work
                cli dyno.web.Violation
                cli org.springframework.context.ApplicationContext
                """.lines().map(line -> line.split(" ", -1)).toList();
        var sources = new LinkedHashMap<String, String>();
        for (var pair : forbidden) {
            sources.merge("dyno." + pair[0], planted(pair[1]), String::concat);
        }

        assertThat(complaints(ArchitectureRules.IMPORTS, compile(sources)))
                .containsExactlyInAnyOrderElementsOf(forbidden.stream()
                        .map(pair -> "dyno.%s.%s imports %s, which dyno.%s may not"
                                .formatted(pair[0], className(pair[1]), pair[1], pair[0]))
                        .toList());
    }

    private static String planted(String imported) {
        return "class %s { %s field; }%n".formatted(className(imported), imported);
    }

    private static String className(String imported) {
        return "With" + imported.substring(imported.lastIndexOf('.') + 1);
    }

    @Test
    void allowsEachPackageWhatItsRowHas() throws Exception {
        var planted = compile(Map.of(
                "dyno.job", "class Planted { dyno.fork.ForkRequest[] field; java.sql.Connection connection; }",
                "dyno.engine.etl", "class Planted { dyno.engine.Work field; java.sql.Connection connection; }",
                "dyno", "class Planted { dyno.embedded.EmbeddedPostgres field; }"));

        assertThat(complaints(ArchitectureRules.IMPORTS, planted)).isEmpty();
    }

    @Test
    void findsAnEngineThatKnowsAnother() throws Exception {
        var planted = compile(Map.of(
                "dyno.engine.marc", "public class Record {}",
                "dyno.engine.etl", "class Planted { dyno.engine.marc.Record field; }"));

        assertThat(complaints(ArchitectureRules.IMPORTS, planted))
                .containsExactly(
                        "dyno.engine.etl.Planted imports dyno.engine.marc.Record, which dyno.engine.etl may not");
    }

    @Test
    void findsAPackageThatTheTableDoesNotKnow() throws Exception {
        var planted = compile(Map.of("dyno.misc", "class Planted {}"));

        assertThat(complaints(ArchitectureRules.IMPORTS, planted))
                .containsExactly("Package dyno.misc has no row in the table");
    }

    @Test
    void findsACycle() throws Exception {
        var planted = compile(Map.of(
                "dyno.one", "public class Planted { dyno.two.Planted field; }",
                "dyno.two", "public class Planted { dyno.one.Planted field; }"));

        assertThat(complaints(ArchitectureRules.NO_CYCLES, planted)).hasSize(1);
    }

    @Test
    void findsEveryCallerOfTheMachinesClock() throws Exception {
        var expressions = List.of(
                "java.time.Instant.now()",
                "java.time.LocalDate.now()",
                "System.currentTimeMillis()",
                "java.time.InstantSource.system()",
                "java.time.Clock.systemUTC()",
                "new java.util.Date()",
                "(java.util.function.Supplier<java.time.Instant>) java.time.Instant::now");
        var source = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            source.append("class Planted%d { Object field = %s; }%n".formatted(i, expressions.get(i)));
        }

        var complaints =
                complaints(ArchitectureRules.TIME_FROM_THE_CLOCK_BEAN, compile(Map.of("dyno.job", source.toString())));

        for (int i = 0; i < expressions.size(); i++) {
            var name = "dyno.job.Planted" + i;
            assertThat(complaints).as(expressions.get(i)).anyMatch(complaint -> complaint.contains(name));
        }
    }

    @Test
    void tellsACallOfNanoTimeFromASupplierOfIt() throws Exception {
        var planted = compile(Map.of(
                "dyno.job", "class Planted { long field = System.nanoTime(); }",
                "dyno.fork", "class Planted { java.util.function.LongSupplier field = System::nanoTime; }"));

        assertThat(complaints(ArchitectureRules.ELAPSED_TIME_FROM_A_SUPPLIER, planted))
                .singleElement()
                .asString()
                .contains("dyno.job.Planted");
    }

    @Test
    void findsAnInjectedField() throws Exception {
        var planted = compile(Map.of(
                "dyno.job", "class Planted { @org.springframework.beans.factory.annotation.Autowired Object field; }"));

        assertThat(complaints(ArchitectureRules.NO_FIELD_INJECTION, planted)).hasSize(1);
    }

    @Test
    void findsAPackageThatIsNotNullMarked() throws Exception {
        var planted = compile(Map.of("dyno.misc", "class Planted {}"));

        assertThat(complaints(ArchitectureRules.NULL_MARKED, planted)).containsExactly("dyno.misc is not @NullMarked");
    }

    @Test
    void findsAPackageWhoseNameSaysNothing() throws Exception {
        var planted = compile(Map.of("dyno.job.util", "class Planted {}"));

        assertThat(complaints(ArchitectureRules.TELLING_PACKAGE_NAMES, planted)).hasSize(1);
    }

    @Test
    void findsSpringInTheListOfEngines() throws Exception {
        var planted = compile(Map.of(
                "dyno.catalog", "class EngineCatalog { org.springframework.context.ApplicationContext field; }"));

        assertThat(complaints(ArchitectureRules.CATALOG_LIST_WITHOUT_SPRING, planted))
                .isNotEmpty();
    }

    private static List<String> complaints(ArchRule rule, JavaClasses classes) {
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }

    /// Compiles the classes that stand under the name of their package, and reads those and no others.
    private static JavaClasses compile(Map<String, String> sources) throws IOException {
        var folder = TestFolders.fresh("planted");
        var arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        for (var source : sources.entrySet()) {
            arguments.add(write(folder, source.getKey(), source.getValue()).toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
        return new ClassFileImporter().importPath(folder);
    }

    private static Path write(Path folder, String packageName, String body) throws IOException {
        var name = body.replaceFirst("(?s)(public )?class (\\w+).*", "$2");
        var file = Files.createDirectories(folder.resolve("sources/" + packageName.replace('.', '/')))
                .resolve(name + ".java");
        return Files.writeString(file, "package %s; %s".formatted(packageName, body));
    }
}
