package dyno;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs the shell script `dyno` from a copy of its own, among JDKs and a Maven that only say how they were called.
class LauncherTest {

    private static final String NO_JDK = "Dyno needs a JDK 25 or newer";

    private static final List<String> TOOLS = List.of(
            "cat",
            "cksum",
            "cp",
            "dirname",
            "find",
            "flock",
            "head",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "touch",
            "tr");

    private final Path folder = TestFolders.fresh("launcher");

    private Path home;

    private record Call(Process process, Path errors) {}

    private record End(int status, String output, String errors) {}

    /// The machine may have a JDK on its path: the script sees the tools that it needs, and that JDK not.
    @BeforeEach
    void linkTheTools() throws IOException {
        for (var tool : TOOLS) {
            Files.createSymbolicLink(bin().resolve(tool), find(tool));
        }
    }

    @BeforeEach
    void copyTheScript() throws IOException {
        home = Files.createDirectories(folder.resolve("a home"));
        Files.copy(Path.of("dyno"), home.resolve("dyno"));
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("pom.xml"), "<dyno.jvm.flags>--flag=one --flag=two</dyno.jvm.flags>\n");
        // As Maven does: the jar is what the sources say, here the number of builds.
        program(home.resolve("mvnw"), """
                echo "maven $*" >> builds
                echo "JAVA_HOME=$JAVA_HOME" >> builds
                mkdir -p target
                cat builds > target/dyno.jar
                echo "Maven talks"
                """);
    }

    @Test
    void takesTheJdkThatItIsTold() throws Exception {
        var told = jdk("told", "26.0.1");

        var end = run(
                Map.of(
                        "DYNO_JAVA_HOME",
                        told.toString(),
                        "JAVA_HOME",
                        jdk("other", "25").toString()),
                "serve");

        assertThat(end.output()).contains("java of told");
    }

    @Test
    void refusesTheJdkThatItIsToldWhereThatIsTooOld() throws Exception {
        var told = jdk("told", "21.0.8");

        var end = run(
                Map.of(
                        "DYNO_JAVA_HOME",
                        told.toString(),
                        "JAVA_HOME",
                        jdk("other", "25").toString()),
                "serve");

        assertThat(end)
                .isEqualTo(new End(3, "", "DYNO_JAVA_HOME is " + told + ", and that is not a JDK 25 or newer.\n"));
    }

    @Test
    void passesOverAJavaHomeThatIsTooOld() throws Exception {
        var old = jdk("old", "17.0.2");
        Files.createSymbolicLink(bin().resolve("java"), jdk("on path", "25.0.3").resolve("bin/java"));

        assertThat(run(Map.of("JAVA_HOME", old.toString()), "serve").output()).contains("java of on path");
    }

    @Test
    void searchesTheUsualPlacesLast() throws Exception {
        jdk("places/a-jdk-8", "1.8.0_402");
        jdk("places/b-jdk-25", "25");
        Files.createDirectories(folder.resolve("places/c-not-a-jdk"));

        var end = run(Map.of("DYNO_JDK_PLACES", folder.resolve("places") + "/*"), "serve");

        assertThat(end.output()).contains("java of places/b-jdk-25");
    }

    @Test
    void passesOverAJreForItHasToBuild() throws Exception {
        var jre = jdk("jre", "25");
        Files.delete(jre.resolve("bin/javac"));

        var end = run(Map.of("JAVA_HOME", jre.toString()), "serve");

        assertThat(end.status()).isEqualTo(3);
        assertThat(end.errors()).startsWith(NO_JDK);
    }

    @Test
    void saysInOneSentenceWhatToInstall() throws Exception {
        var end = run(Map.of(), "bench", "quick");

        assertThat(end.status()).isEqualTo(3);
        assertThat(end.output()).isEmpty();
        assertThat(end.errors()).startsWith(NO_JDK).hasLineCount(1);
    }

    @Test
    void handsArgumentsOnAsTheyAre() throws Exception {
        var end = run(withJdk(), "job", "two words", "", "*", "--server=http://127.0.0.1:1/");

        assertThat(end.output()).endsWith("[dyno.Dyno][job][two words][][*][--server=http://127.0.0.1:1/]\n");
    }

    @Test
    void givesEveryFaceTheFlagsOfThePom() throws Exception {
        for (var face : List.of("serve", "bench", "fork")) {
            assertThat(run(withJdk(), face).output())
                    .contains("[--flag=one][--flag=two]", "[-Ddyno.jvm.flags=--flag=one --flag=two]");
        }
    }

    @Test
    void givesBothCompilersToWhatIsMeasuredAlone() throws Exception {
        for (var face : List.of("bench", "serve")) {
            assertThat(run(withJdk(), face).output()).contains("[-XX:TieredStopAtLevel=1]");
        }
        for (var face : List.of("fork", "generate")) {
            assertThat(run(withJdk(), face).output()).doesNotContain("TieredStopAtLevel");
        }
        assertThat(run(withJdk(), "bench").output()).contains("[-XX:+UseSerialGC]");
        assertThat(run(withJdk(), "serve").output()).doesNotContain("UseSerialGC");
    }

    @Test
    void letsTheFirstServiceLearnForAllThatFollow() throws Exception {
        assertThat(run(withJdk(), "bench").output()).doesNotContain(".aot");
        var first = run(withJdk(), "serve").output();
        var second = run(withJdk(), "serve").output();
        var client = run(withJdk(), "bench").output();

        assertThat(second).isEqualTo(first).contains("[-XX:AOTCache=", "/service.aot]", "[-Ddyno.fork.cache=");
        assertThat(client)
                .contains("[-Ddyno.service.cache=", "[-Ddyno.fork.cache=")
                .doesNotContain("-XX:AOTCache=");
        assertThat(folder.resolve("trainings")).content().hasLineCount(1);
    }

    @Test
    void learnsAnewWithAnotherJdk() throws Exception {
        run(withJdk(), "serve");
        run(Map.of("DYNO_JAVA_HOME", jdk("other", "26").toString()), "serve");

        assertThat(folder.resolve("trainings")).content().hasLineCount(2);
    }

    @Test
    void startsWithoutWhatCouldNotBeLearnt() throws Exception {
        Files.createFile(folder.resolve("unlearned"));

        assertThat(run(withJdk(), "serve").output()).doesNotContain(".aot");
        assertThat(run(withJdk(), "serve").status()).isZero();
        assertThat(folder.resolve("trainings")).content().hasLineCount(1);
    }

    @Test
    void learnsNothingWhereItIsToldNotTo() throws Exception {
        var told = Map.of("DYNO_JAVA_HOME", jdk("given", "25").toString(), "DYNO_LEARN", "off");

        assertThat(run(told, "serve").output()).doesNotContain(".aot");
        assertThat(folder.resolve("trainings")).doesNotExist();
    }

    @Test
    void isFoundThroughLinksFromAnotherFolder() throws Exception {
        var links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), home.resolve("dyno"));
        Files.createSymbolicLink(links.resolve("two"), Path.of("one"));

        var end = run(links.resolve("two"), withJdk(), "serve");

        assertThat(end.output()).contains("[-Ddyno.home=" + home.toRealPath() + "]");
    }

    @Test
    void buildsOnceAndKeepsStdoutForTheFace() throws Exception {
        var first = run(withJdk(), "serve");
        var second = run(withJdk(), "serve");

        assertThat(builds()).isEqualTo(1);
        assertThat(first.errors()).contains("Maven talks");
        assertThat(second.errors()).isEmpty();
        assertThat(first.output()).isEqualTo(second.output());
        assertThat(home.resolve("builds")).content().contains("JAVA_HOME=" + folder.resolve("given"));
    }

    @Test
    void buildsAgainWhereASourceIsNewer() throws Exception {
        run(withJdk(), "serve");
        var source = Files.writeString(home.resolve("src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        run(withJdk(), "serve");

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void leavesTheClassesOfARunningServiceWhereTheyAre() throws Exception {
        var before = run(withJdk(), "serve").output();
        Files.setLastModifiedTime(
                home.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
        var after = run(withJdk(), "serve").output();

        assertThat(classPath(after)).isNotEqualTo(classPath(before)).exists();
        assertThat(classPath(before)).exists();
    }

    @Test
    void removesOldClassesOnceNobodyRunsOnThem() throws Exception {
        var service = start(home.resolve("dyno"), withJdk(), "serve", "wait");
        var reader = service.process().inputReader();
        reader.readLine();
        var classes = classPath(reader.readLine()).getParent();

        makeOld(classes);
        buildAnew(60);
        assertThat(classes).exists();

        service.process().getOutputStream().close();
        assertThat(service.process().waitFor()).isZero();
        buildAnew(120);
        assertThat(classes).doesNotExist();
    }

    private void buildAnew(int secondsFromNow) throws Exception {
        Files.setLastModifiedTime(
                home.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
        assertThat(run(withJdk(), "serve").status()).isZero();
    }

    private static void makeOld(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
    }

    @Test
    void buildsOnceForTwoCallsAtTheSameTime() throws Exception {
        var calls = List.of(
                start(home.resolve("dyno"), withJdk(), "serve"), start(home.resolve("dyno"), withJdk(), "serve"));

        for (var call : calls) {
            assertThat(end(call).status()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void doesNotStartWhatCouldNotBeBuilt() throws Exception {
        program(home.resolve("mvnw"), "echo 'Maven complains'; exit 1");

        var end = run(withJdk(), "serve");

        assertThat(end.status()).isEqualTo(3);
        assertThat(end.output()).isEmpty();
        assertThat(end.errors()).contains("Maven complains", "Dyno could not be built");
    }

    @Test
    void runsTheTestsAsMavenDoes() throws Exception {
        run(withJdk(), "test", "-Dtest=OneTest");
        run(withJdk(), "test", "--all");

        assertThat(Files.readAllLines(home.resolve("builds")))
                .contains("maven test -Dtest=OneTest", "maven test -Ddyno.excluded.groups=");
    }

    private Map<String, String> withJdk() throws IOException {
        return Map.of("DYNO_JAVA_HOME", jdk("given", "25.0.3").toString());
    }

    /// A JDK whose `java` shows its arguments, and unpacks where it is asked to.
    private Path jdk(String name, String version) throws IOException {
        var jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        program(jdk.resolve("bin/javac"), "exit 1");
        program(jdk.resolve("bin/java"), """
                if [ "$1" = -Djarmode=tools ]; then
                  cp "$3" "$6/dyno.jar"
                  exit
                fi
                echo "java of %s"
                printf '[%%s]' "$@"
                echo
                for last in "$@"; do
                  case $last in -XX:AOTCacheOutput=*) [ -e "$HOME/unlearned" ] || echo > "${last#*=}" ;; esac
                  if [ "${before:-}" = dyno.Dyno ] && [ "$last" = train ]; then trains=yes; fi
                  before=$last
                done
                if [ "${trains:-}" = yes ]; then echo >> "$HOME/trainings"; echo > "$last"; fi
                if [ "$last" = wait ]; then read -r line; fi
                true
                """.formatted(name));
        return jdk;
    }

    private Path bin() throws IOException {
        return Files.createDirectories(folder.resolve("bin"));
    }

    private static Path find(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private long builds() throws IOException {
        try (var lines = Files.lines(home.resolve("builds"))) {
            return lines.filter(line -> line.startsWith("maven ")).count();
        }
    }

    private static Path classPath(String output) {
        return Path.of(output.replaceFirst("(?s).*\\[-cp]\\[([^]]*)].*", "$1"));
    }

    private End run(Map<String, String> environment, String... arguments) throws Exception {
        return run(home.resolve("dyno"), environment, arguments);
    }

    private End run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        return end(start(script, environment, arguments));
    }

    /// Starts `script` in a folder that has nothing to do with it.
    private Call start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var errors = Files.createTempFile(folder, "errors", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("elsewhere")).toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", bin().toString(), "HOME", folder.toString(), "DYNO_JDK_PLACES", ""));
        builder.environment().putAll(environment);
        return new Call(builder.start(), errors);
    }

    private static End end(Call call) throws Exception {
        var output = new String(call.process().getInputStream().readAllBytes(), UTF_8);
        return new End(call.process().waitFor(), output, Files.readString(call.errors()));
    }
}
