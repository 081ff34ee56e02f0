package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// What docs/operating.md promises of `docker-compose.yml` and `Dockerfile`.
class ComposeFileTest {

    private static final Pattern REQUIRED = Pattern.compile("\\$\\{(\\w+):\\?");

    private static String text;
    private static Map<String, Map<String, Object>> services;

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void read() throws Exception {
        text = Files.readString(Path.of("docker-compose.yml"));
        Map<String, Object> file = new Yaml().load(text);
        services = (Map<String, Map<String, Object>>) file.get("services");
    }

    @Test
    void startsTheFourWithHealthChecksAndLimits() throws Exception {
        assertThat(services.keySet()).containsExactlyInAnyOrder("dyno", "postgres", "prometheus", "grafana");
        assertThat(services).allSatisfy((name, service) -> {
            assertThat(service).as(name).containsKeys("volumes", "restart", "security_opt", "deploy");
            assertThat(service.get("deploy").toString()).as(name).contains("memory=");
            if (!name.equals("dyno")) {
                assertThat(service).as(name).containsKey("healthcheck");
                assertThat(service.get("image").toString()).as(name).matches(".+:v?\\d+.*");
            }
        });
        // PostgreSQL's initdb refuses a user that has no name.
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("HEALTHCHECK ", "USER 10001:10001", "'dyno:x:10001:10001:");
        assertThat(services.get("postgres").get("image")).isEqualTo("docker.io/library/postgres:18");
    }

    @Test
    void asksForPasswordsAndHasNone() throws Exception {
        var required = new TreeSet<String>();
        REQUIRED.matcher(text).results().forEach(variable -> required.add(variable.group(1)));
        var examples = Files.readAllLines(Path.of(".env.example")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(examples)
                .containsExactlyInAnyOrderElementsOf(
                        required.stream().map(name -> name + "=").toList());
        assertThat(text.lines().filter(line -> line.matches(".*PASSWORD: .*")))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*: \\$\\{\\w+:\\?.*}"));
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains(".env");
    }

    @Test
    void copiesIntoTheImageWhatThereIsAndIsNotIgnored() throws Exception {
        var allowed = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        var copied = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .map(line -> line.replaceFirst("COPY (--\\S+ )*", "").split(" "))
                .flatMap(words -> Arrays.stream(words, 0, words.length - 1))
                .map(Path::of)
                .toList();

        assertThat(copied).hasSizeGreaterThan(5).allSatisfy(source -> {
            assertThat(source).exists();
            assertThat(allowed).as(source.toString()).anyMatch(prefix -> source.startsWith(prefix));
        });
    }

    @Test
    void showsPasswordsToNoListOfProcesses() throws Exception {
        assertThat(Files.readAllLines(Path.of("config/postgres/reader.sh")))
                .filteredOn(line -> line.startsWith("psql "))
                .hasSize(1)
                .noneMatch(line -> line.contains("PASSWORD"));
        assertThat(services.values())
                .allSatisfy(service ->
                        assertThat(String.valueOf(service.get("command"))).doesNotContain("PASSWORD"));
    }

    @Test
    void letsTheServiceBeReachedWithKeysOnlyAndWriteToItsDataOnly() {
        var dyno = services.get("dyno");
        @SuppressWarnings("unchecked")
        var environment = (Map<String, Object>) dyno.get("environment");

        assertThat(environment).containsEntry("DYNO_AUTH", "keys").containsEntry("DYNO_MANAGEMENT_PORT", 8081);
        assertThat(dyno).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service.getOrDefault("ports", List.of("127.0.0.1:"))
                                .toString())
                        .startsWith("[127.0.0.1:"));
        assertThat(services.get("postgres")).doesNotContainKey("ports");
        assertThat(services.get("prometheus")).doesNotContainKey("ports");
    }

    @Test
    void mountsFilesThatThereAre() {
        assertThat(services.values().stream()
                        .flatMap(service -> ((List<?>) service.get("volumes")).stream())
                        .map(Object::toString)
                        .filter(volume -> volume.startsWith("./"))
                        .map(volume -> Path.of(volume.split(":")[0])))
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(Files::exists);
    }
}
