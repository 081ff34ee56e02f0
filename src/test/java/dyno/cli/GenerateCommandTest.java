package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GenerateCommandTest {

    private static final String FIRST_OF_SEED_42 = "8b0f759337905930749742761cf23ec84b36a673174b201462604d51966d5ad7";

    private final Played played = new Played();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void writesNothingButTheStreamToItsOutput() {
        assertThat(run("--bytes 1MiB --seed 42 --sha256")).isEqualTo(ExitCode.FINE);

        assertThat(new Sha256().update(out.toByteArray(), 0, 1 << 20).hex()).isEqualTo(FIRST_OF_SEED_42);
        assertThat(played.out()).isEmpty();
        assertThat(played.err()).startsWith("seed 42, 1048576 bytes").endsWith("sha256 " + FIRST_OF_SEED_42 + "\n");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    --seed 0 --bytes 1MiB, 1d6a23536bbba6d906797cfc610839779f8b03ee150c06a7803b25b12def99c4
                    --seed 1 --bytes 1MiB, ec6049f942d338545b9468337c62356eafda5c747b9a439bd2b850e7eec2119e
                    --seed 42 --bytes 1MiB, 8b0f759337905930749742761cf23ec84b36a673174b201462604d51966d5ad7
                    --seed 42 --bytes 4MiB, 1e17663db313cb1520f47e7e627aa12a7cecc6f4692f8b82849fb13be1072b11
                    --seed 42 --bytes 4MiB --compress 2, 57ce449c7753eaa464c40155da1b2188a1e10bc9fd96094bdddc54a9c2f68a55
                    --seed 42 --bytes 4MiB --compress 1.5, 7a7c68ec136e7e6aa782cb90b4787b9b31dd51441503c7735fe5b6075d6ca21a
                    --seed 42 --bytes 4MiB --dedup 2, 81d6e4814b3bbb498e0161e22c8e6a0cd1875e7e8532b07010e23253f40b951f
                    --seed 42 --bytes 1MiB --algorithm XOSHIRO, 303670da4c681aa1f50c18b19994ac9b9279207b84db85861910c3147ee74aeb
                    --seed 42 --bytes 1MiB --algorithm aes_ctr, d8c38f3784c55515925803a9b7da381436a4abcc15fa1e4885d0fecef841ce8b
                    --seed 42 --bytes 1MiB --algorithm JDK_RANDOM, d772c45df642cf4011ba11fa65334100f7cbd50d05ae6d045faf724623870f34
                    --seed 0 --bytes 1MiB --algorithm xoshiro --layout dgen, 25d898c6a1054085d56aa4d622003b76cde3bd029e55c495158331f6c78a264e
                    --seed 1 --bytes 1MiB --algorithm xoshiro --layout dgen, 454e7ea318a6003599093d6f9a1e1a891fbadbf5ec6804849f76ff94063c8ee4
                    --seed 42 --bytes 1MiB --algorithm xoshiro --layout dgen, 12e0551e2b9d1ecc79494ee9770c501606793d430aab6408c7274a95ad487af5
                    --seed 42 --bytes 4MiB --algorithm xoshiro --layout dgen, 2f1987479683f92e958d35facdb05aabd5851349a290e7dfc41f71ca21e559d5
                    --seed 42 --bytes 4MiB --algorithm xoshiro --layout dgen --compress 2, ba6f5793aa25f248570aab2b22a6f8453332681a6b38931bb4d8a52d7d8bee0a
                    """)
    void makesTheGoldenVectors(String arguments, String sha256) {
        assertThat(run(arguments + " --sha256 --chunk 100kB --threads 2")).isEqualTo(ExitCode.FINE);

        assertThat(played.err()).contains("sha256 " + sha256);
    }

    @Test
    void reportsRatiosAndUnits() {
        assertThat(run("--bytes 64MiB --dedup 1.5 --compress 2 --out /dev/null"))
                .isEqualTo(ExitCode.FINE);

        assertThat(played.err()).contains("compress 2, dedup 1.5 (effective 1.4884: 64 units, 43 distinct)");
    }

    @Test
    void reportsAsJson() {
        assertThat(run("--bytes 1000 --seed 7 --json")).isEqualTo(ExitCode.FINE);

        var report = Json.parse(played.err());
        assertThat(report.propertyNames())
                .containsExactly(
                        "seed",
                        "bytes",
                        "seconds",
                        "bytesPerSecond",
                        "compressRatio",
                        "dedupRatio",
                        "effectiveDedupRatio",
                        "units",
                        "distinctUnits",
                        "sha256",
                        "sha256Reason");
        assertThat(report.get("seed").asLong()).isEqualTo(7);
        assertThat(report.get("bytes").asLong()).isEqualTo(1000);
        assertThat(report.get("bytesPerSecond").asDouble())
                .isEqualTo(1000 / report.get("seconds").asDouble(), within(1e-6));
        assertThat(report.get("sha256").isNull()).isTrue();
    }

    @Test
    void cutsASliceOutOfTheWhole() {
        run("--bytes 4MiB --seed 3");
        byte[] slice = Arrays.copyOfRange(out.toByteArray(), 1048573, 1048584);
        out.reset();

        assertThat(run("--bytes 4MiB --seed 3 --offset 1048573 --length 11")).isEqualTo(ExitCode.FINE);

        assertThat(out.toByteArray()).isEqualTo(slice);
    }

    @Test
    void reachesTheMiddleOfATebibyteAtOnce() {
        assertThat(run("--bytes 1TiB --seed 3 --offset 1000GB --length 64")).isEqualTo(ExitCode.FINE);

        assertThat(out.size()).isEqualTo(64);
    }

    @Test
    void drawsASeedThatReplays() {
        run("--bytes 100");
        byte[] drawn = out.toByteArray();
        String seed = played.err().replaceAll("(?s)seed (-?\\d+),.*", "$1");
        out.reset();

        run("--bytes 100 --seed " + seed);

        assertThat(out.toByteArray()).isEqualTo(drawn);
        out.reset();
        run("--bytes 100");
        assertThat(out.toByteArray()).isNotEqualTo(drawn);
    }

    @Test
    void overwritesAFileOnlyByForce() throws IOException {
        var file = folder.resolve("data");

        assertThat(run("--bytes 3000 --seed 1 --fsync --out " + file)).isEqualTo(ExitCode.FINE);
        byte[] first = Files.readAllBytes(file);
        assertThat(first).hasSize(3000);

        assertThat(run("--bytes 10 --seed 2 --out " + file)).isEqualTo(ExitCode.USAGE);
        assertThat(file).hasBinaryContent(first);
        assertThat(played.err()).contains("exists; --force overwrites it");

        assertThat(run("--bytes 10 --seed 2 --force --out " + file)).isEqualTo(ExitCode.FINE);
        assertThat(file).hasSize(10);
    }

    @Test
    void endsQuietlyWhenNobodyReadsAnyMore() {
        assertThat(runTo(failing("Broken pipe"), "--bytes 1TiB --seed 1")).isEqualTo(ExitCode.FINE);

        assertThat(played.err()).isEmpty();
    }

    @Test
    void saysWhyWritingFailed() {
        assertThat(runTo(failing("No space left on device"), "--bytes 1TiB")).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(played.err()).isEqualTo("Writing failed: No space left on device\n");
    }

    @Test
    void leavesADeviceThatIsFullWhereItIs() {
        assertThat(run("--bytes 10MiB --out /dev/full")).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(played.err()).contains("No space left");
        assertThat(Path.of("/dev/full")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--bytes 10G",
                "--bytes 10K",
                "--bytes ten",
                "--bytes 99999999999TiB",
                "--bytes 0",
                "--bytes 10 --offset 11",
                "--bytes 10 --offset 5 --length 6",
                "--bytes 10 --fsync",
                "--bytes 10 --chunk 1",
                "--bytes 10 --threads 0",
                "--bytes 10 --compress 0.5",
                "--bytes 10 --layout dgen",
                "--bytes 10 --dedup-unit 5000",
                "--bytes 10 --dedup-unit 8GiB",
                "--bytes 10 --out /"
            })
    void rejectsWhatCannotWork(String arguments) {
        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);

        assertThat(out.size()).isZero();
        assertThat(played.err()).isNotEmpty().doesNotContain("Exception", "\tat ");
    }

    @Test
    void explainsWhatIsAmbiguous() {
        run("--bytes 10G");

        assertThat(played.err()).contains("'10G' is ambiguous").contains("GiB").contains("GB");
    }

    @Test
    void keepsBytesOffTerminals() {
        var command = new GenerateCommand(played.session(), new GenerateCommand.Output() {
            @Override
            public boolean isTerminal() {
                return true;
            }

            @Override
            public ByteTarget open() {
                throw new IllegalStateException("The terminal was written to");
            }
        });

        assertThat(execute(command, "--bytes 10")).isEqualTo(ExitCode.USAGE);
        assertThat(played.err()).contains("not for a terminal");
    }

    private int run(String arguments) {
        return runTo(Channels.newChannel(out), arguments);
    }

    private int runTo(WritableByteChannel channel, String arguments) {
        return execute(
                new GenerateCommand(played.session(), new GenerateCommand.Output() {
                    @Override
                    public boolean isTerminal() {
                        return false;
                    }

                    @Override
                    public ByteTarget open() {
                        return ByteTarget.of(channel);
                    }
                }),
                arguments);
    }

    private int execute(GenerateCommand command, String arguments) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(played.terminal().err())
                .setOut(played.terminal().out())
                .setExecutionExceptionHandler((failure, line, _) -> {
                    if (failure instanceof CommandException expected) {
                        line.getErr().println(expected.getMessage());
                        return expected.exitCode();
                    }
                    throw failure;
                })
                .execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    }

    private static WritableByteChannel failing(String reason) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                throw new IOException(reason);
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
