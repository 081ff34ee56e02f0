package dyno.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dyno.engine.EngineException;
import dyno.engine.Estimate;
import dyno.engine.FailureCode;
import dyno.fork.StuntEngine.Act;
import dyno.measurement.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What forks and their runner consist of, without a JVM being started.
class ForkPartsTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void readsARequestBackAsItWasWritten() {
        var request = Forks.request(Act.NOTHING, folder);
        var line = ForkJson.line(request);

        assertThat(line).endsWith('\n');
        assertThat(new String(line, StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(ForkJson.request(line)).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "hello",
                "{}",
                "{\"event\":\"other\"}",
                "{\"event\":\"progress\",\"stage\":\"WARMUP\",\"iteration\":0,\"iterations\":1,\"more\":1}",
                "{\"event\":\"progress\",\"stage\":\"WARMUP\",\"iteration\":0,\"iterations\":1} {}"
            })
    void refusesWhatIsNoMessage(String line) {
        assertThat(ForkJson.message(line.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void cutsLinesThatAreTooLong() throws Exception {
        var reader = new LineReader(new ByteArrayInputStream("ab\n\nabcdef\nend".getBytes(StandardCharsets.UTF_8)), 4);

        assertThat(next(reader)).isEqualTo("ab");
        assertThat(next(reader)).isEmpty();
        assertThat(reader.isOverlong()).isFalse();
        assertThat(next(reader)).isEqualTo("abcde");
        assertThat(reader.isOverlong()).isTrue();
        assertThat(next(reader)).isEqualTo("f");
        assertThat(next(reader)).isEqualTo("end");
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void keepsTheLastLinesAndBytesOfTheOutput() {
        var tail = new OutputTail();
        IntStream.range(0, 100).forEach(i -> add(tail, "line %d\n".formatted(i)));
        assertThat(tail.lines()).hasSize(20).startsWith("line 80").endsWith("line 99");

        add(tail, "x".repeat(100_000) + "\nend\n");
        assertThat(tail.lines()).hasSize(2).endsWith("end");
        assertThat(String.join("\n", tail.lines())).hasSizeLessThanOrEqualTo(4096);
        assertThat(new OutputTail().lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // live heap, direct → heap, direct
        "0,          0,        64,   16",
        "1,          1,        65,   17",
        "1048576000, 10485760, 1564, 26",
    })
    void addsRoomForTheCollectorAndTheJvm(long live, long direct, long heapMib, long directMib) {
        var memory = ForkMemory.of(new Estimate(live, direct, 0, 0, 0));

        assertThat(memory).isEqualTo(new ForkMemory(heapMib * MIB, directMib * MIB));
        assertThat(memory.flags())
                .containsExactly(
                        "-Xms%dm".formatted(heapMib),
                        "-Xmx%dm".formatted(heapMib),
                        "-XX:MaxDirectMemorySize=%dm".formatted(directMib));
        assertThat(memory.totalBytes()).isEqualTo((heapMib + directMib) * MIB);
    }

    @Test
    void passesOnlyHarmlessVariablesOn() {
        var environment = ForkEnvironment.of(
                Map.of(
                        "PATH", "/bin",
                        "DYNO_DATABASE_PASSWORD", "secret",
                        "AWS_SECRET_ACCESS_KEY", "secret",
                        "JAVA_TOOL_OPTIONS", "-Xmx1g",
                        "ANYTHING", "else",
                        "LANG", "de_DE.UTF-8"),
                "mark");

        assertThat(environment)
                .containsOnly(
                        entry("PATH", "/bin"),
                        entry("LC_CTYPE", "de_DE.UTF-8"),
                        entry("LC_MESSAGES", "C"),
                        entry("DYNO_FORK_ID", "mark"));
    }

    @Test
    void startsAsThisJvmWasStarted() {
        var line = Forks.command().line(new ForkMemory(64 * MIB, 16 * MIB), folder);

        assertThat(line)
                .startsWith(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms64m", "-Xmx64m")
                .contains("-Djava.io.tmpdir=" + folder, "--enable-native-access=ALL-UNNAMED")
                .endsWith("dyno.fork.ForkMain", "fork")
                .noneMatch(flag -> flag.contains("TieredStopAtLevel"));
        var classPath = line.get(line.indexOf("-cp") + 1);
        assertThat(List.of(classPath.split(File.pathSeparator)))
                .allMatch(entry -> Path.of(entry).isAbsolute());
    }

    @Test
    void startsAJarByTheMainClassOfItsManifest() throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "some.Launcher");
        var jar = folder.resolve("dyno.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();

        assertThat(ForkCommand.mainClass(jar.toString())).isEqualTo("some.Launcher");
        assertThat(ForkCommand.mainClass(jar + File.pathSeparator + jar)).isEqualTo("dyno.Dyno");
        assertThat(ForkCommand.mainClass(folder.toString())).isEqualTo("dyno.Dyno");
    }

    @Test
    void tellsStagesAtOnceAndIterationsFiveTimesASecond() {
        var written = new ByteArrayOutputStream();
        var nanos = new AtomicLong();
        var sender = new ProgressSender(new ProtocolOutput(written), nanos::get);
        sender.at(Stage.PREPARING, 0, 0);
        sender.at(Stage.WARMUP, 0, 9);
        sender.at(Stage.WARMUP, 1, 9);
        nanos.addAndGet(200_000_000);
        sender.at(Stage.WARMUP, 2, 9);
        sender.at(Stage.MEASURING, 0, 9);

        assertThat(written.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> ForkJson.message(line.getBytes(StandardCharsets.UTF_8))
                                .orElseThrow()))
                .containsExactly(
                        new ForkMessage.Progress(Stage.PREPARING, 0, 0),
                        new ForkMessage.Progress(Stage.WARMUP, 0, 9),
                        new ForkMessage.Progress(Stage.WARMUP, 2, 9),
                        new ForkMessage.Progress(Stage.MEASURING, 0, 9));
    }

    @Test
    void cutsMessagesThatQuoteAllTheirInput() {
        assertThat(Failures.of(new EngineException(FailureCode.INVALID_INPUT, "x".repeat(5_000)))
                        .message())
                .hasSizeLessThan(2_100)
                .endsWith("… (5000 characters)");
    }

    @Test
    void strikesSecretsOut() {
        var secrets =
                new Secrets(Map.of("token", "dyno", "password", "dyno-1", "empty", " ", "database.user", "failed"));

        assertThat(secrets.redact("dyno-1 of dyno failed ")).isEqualTo("*** of *** failed ");
        assertThat(secrets.redact(Map.of("list", List.of("dyno-1", 7L), "map", Map.of("k", "a dyno"))))
                .isEqualTo(Map.of("list", List.of("***", 7L), "map", Map.of("k", "a ***")));
    }

    @Test
    void classesWhatWasThrownByItsFirstCauseWithAClass() {
        var refused = new EngineException(FailureCode.DATABASE_UNAVAILABLE, "refused", new OutOfMemoryError("x"));
        assertThat(Failures.of(new ExecutionException(refused)))
                .isEqualTo(failed(FailureCode.DATABASE_UNAVAILABLE, "refused"));
        assertThat(Failures.of(new ExecutionException(new OutOfMemoryError("Java heap space"))))
                .isEqualTo(failed(FailureCode.OUT_OF_MEMORY, "Out of memory: Java heap space"));
        assertThat(Failures.of(new UncheckedIOException(new IOException("a: No space left on device"))))
                .isEqualTo(failed(FailureCode.DISK_FULL, "a: No space left on device"));
        var unpacked = new ExceptionInInitializerError("Cannot unpack libzstd: No space left on device");
        assertThat(Failures.of(new NoClassDefFoundError("zstd").initCause(unpacked)))
                .isEqualTo(failed(FailureCode.DISK_FULL, "Cannot unpack libzstd: No space left on device"));
        assertThat(Failures.of(new UncheckedIOException("wrapped", new IOException("broken"))))
                .isEqualTo(failed(FailureCode.ENGINE_ERROR, "java.io.UncheckedIOException: wrapped"));
        assertThat(Failures.of(new NullPointerException()))
                .isEqualTo(failed(FailureCode.ENGINE_ERROR, "java.lang.NullPointerException: no message"));
    }

    @Test
    void blamesMemoryForSigkillOnlyWithEvidence() {
        assertThat(new Obituary(137, List.of(), true).failed().code()).isEqualTo(FailureCode.OUT_OF_MEMORY);
        assertThat(new Obituary(137, List.of(), false).failed().code()).isEqualTo(FailureCode.FORK_FAILED);
        assertThat(new Obituary(143, List.of(), true).failed().code()).isEqualTo(FailureCode.FORK_FAILED);
    }

    @Test
    void doesNotTakeExitStatusThreeAloneForExhaustedMemory() {
        var line = "Terminating due to java.lang.OutOfMemoryError: Java heap space";

        assertThat(new Obituary(3, List.of(line), false).failed().message()).endsWith("memory: Java heap space");
        assertThat(new Obituary(3, List.of("bye"), false).failed().code()).isEqualTo(FailureCode.FORK_FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "129, SIGHUP",
        "134, SIGABRT",
        "137, SIGKILL",
        "139, SIGSEGV",
        "143, SIGTERM",
        "159, SIGSYS",
        "170, signal 42"
    })
    void namesSignals(int status, String signal) {
        var failed = new Obituary(status, List.of("last words"), false).failed();

        assertThat(failed.details())
                .containsOnly(
                        entry("exitStatus", status),
                        entry("signal", signal),
                        entry("lastOutput", List.of("last words")));
    }

    @Test
    void countsOomKillsOfTheNearestAccount() throws Exception {
        var proc = Files.createDirectories(folder.resolve("proc"));
        var cgroups = folder.resolve("cgroup");
        assertThat(OomKills.count(proc, cgroups)).isEmpty();

        Files.writeString(proc.resolve("vmstat"), "nr_free_pages 5\noom_kill 7\n");
        assertThat(OomKills.count(proc, cgroups)).isEqualTo(OptionalLong.of(7));

        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/cgroup"), "4:memory:/a/b\n1:cpu:/\n0::/\n");
        Files.createDirectories(cgroups.resolve("memory/a/b"));
        Files.writeString(
                cgroups.resolve("memory/a/b/memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        assertThat(OomKills.count(proc, cgroups)).isEqualTo(OptionalLong.of(2));

        Files.writeString(proc.resolve("self/cgroup"), "0::/c\n");
        Files.createDirectories(cgroups.resolve("c"));
        Files.writeString(cgroups.resolve("c/memory.events"), "low 0\noom 4\noom_kill 3\noom_group_kill 0\n");
        assertThat(OomKills.count(proc, cgroups)).isEqualTo(OptionalLong.of(3));
    }

    private static ForkOutcome.Failed failed(FailureCode code, String message) {
        return new ForkOutcome.Failed(code, message, Map.of());
    }

    private static String next(LineReader reader) throws IOException {
        return new String(reader.next().orElseThrow(), StandardCharsets.UTF_8);
    }

    private static void add(OutputTail tail, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        tail.add(bytes, 0, bytes.length);
    }
}
