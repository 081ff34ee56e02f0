package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ArrayRecordCommandTest {

    private static final String DIGITS_SHA256 = "09711a18831aca78d4af4b09975009a069b0f73ea281fc7ac8ac03872e443f31";

    @TempDir
    private Path folder;

    @Test
    void packsTheDigitsAsGoogleDoes() throws IOException {
        var digits = packDigits();

        byte[] bytes = Files.readAllBytes(digits);
        assertThat(new Sha256().update(bytes, 0, bytes.length).hex()).isEqualTo(DIGITS_SHA256);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(6);
        }
    }

    @Test
    void describesAFile() throws IOException {
        var played = new Played();

        assertThat(played.run("arrayrecord", "describe", packDigits().toString()))
                .isEqualTo(ExitCode.FINE);

        var tree = Json.parse(played.out());
        assertThat(tree.propertyNames())
                .containsExactly(
                        "bytes",
                        "records",
                        "chunks",
                        "groupSize",
                        "writerOptions",
                        "footerOffset",
                        "decodedBytes",
                        "valid");
        assertThat(tree.get("bytes").asLong()).isEqualTo(131_072);
        assertThat(tree.get("records").asLong()).isEqualTo(5);
        assertThat(tree.get("groupSize").asLong()).isEqualTo(1);
        assertThat(tree.get("footerOffset").asLong()).isEqualTo(284);
        assertThat(tree.get("decodedBytes").asLong()).isEqualTo(5);
        assertThat(tree.get("valid").asBoolean()).isTrue();
        assertThat(played.err()).isEmpty();
    }

    @Test
    void listsChunksAndBlocks() throws IOException {
        var played = new Played();

        played.run(
                "arrayrecord", "describe", "--chunks", "--blocks", packDigits().toString());

        var tree = Json.parse(played.out());
        assertThat(tree.get("chunkList").size()).isEqualTo(10);
        assertThat(tree.get("chunkList").get(1).toString())
                .isEqualTo("{\"begin\":64,\"end\":108,\"type\":\"simple\",\"records\":1,\"dataSize\":4,"
                        + "\"decodedSize\":1,\"compression\":\"none\"}");
        assertThat(tree.get("chunkList").get(0).get("compression").isNull()).isTrue();
        assertThat(tree.get("blockList").toString())
                .isEqualTo(
                        "[{\"offset\":0,\"previous\":0,\"next\":64},{\"offset\":65536,\"previous\":0,\"next\":108}]");
    }

    @Test
    void describesAFileWithoutFooterAsFarAsItGoes() throws IOException {
        var cut = folder.resolve("cut");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(packDigits()), 65_536));
        var played = new Played();

        assertThat(played.run("arrayrecord", "describe", cut.toString())).isEqualTo(ExitCode.JOB_FAILED);

        var tree = Json.parse(played.out());
        assertThat(tree.get("valid").asBoolean()).isFalse();
        assertThat(tree.get("records").isNull()).isTrue();
        assertThat(tree.get("reason").asString()).isEqualTo("FOOTER_UNREADABLE");
        assertThat(played.err()).contains("(at byte 65536)");
    }

    @Test
    void printsALineForEachRecord() throws IOException {
        var played = new Played();

        assertThat(played.run("arrayrecord", "cat", packDigits().toString())).isEqualTo(ExitCode.FINE);

        assertThat(played.out().lines()).hasSize(5);
        assertThat(played.out().lines().skip(3).findFirst())
                .hasValue("{\"index\":3,\"bytes\":1,\"sha256\":\"%s\"}"
                        .formatted(new Sha256().update(new byte[] {'3'}, 0, 1).hex()));
    }

    @Test
    void printsTheBytesOfOneRecord() throws IOException {
        var out = new ByteArrayOutputStream();
        var played = new Played();
        var command = new ArrayRecordCatCommand(played.session(), new GenerateCommand.Output() {
            @Override
            public boolean isTerminal() {
                return false;
            }

            @Override
            public ByteTarget open() {
                return ByteTarget.of(Channels.newChannel(out));
            }
        });

        assertThat(new CommandLine(command).execute(packDigits().toString(), "--index", "4", "--raw"))
                .isEqualTo(ExitCode.FINE);
        assertThat(out.toByteArray()).containsExactly('4');
        assertThat(played.out()).isEmpty();
    }

    @Test
    void tellsTheChunkThatIsDamagedAndPrintsTheOthers() throws IOException {
        var digits = packDigits();
        byte[] bytes = Files.readAllBytes(digits);
        bytes[152 + 43] = 'x';
        Files.write(digits, bytes);
        var cat = new Played();
        var verify = new Played();
        var one = new Played();

        assertThat(cat.run("arrayrecord", "cat", digits.toString())).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(cat.out().lines()).hasSize(4);
        assertThat(cat.err()).startsWith("Chunk data is damaged").endsWith("(at byte 152)\n");
        assertThat(one.run("arrayrecord", "cat", digits.toString(), "--index", "3"))
                .isEqualTo(ExitCode.FINE);
        assertThat(verify.run("arrayrecord", "verify", digits.toString())).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(verify.out())
                .contains("NOT VALID")
                .contains("  hashesValid: ")
                .contains("(at byte 152)");
    }

    @Test
    void verifiesFilesOfWhateverRecords() throws IOException {
        var digits = packDigits();
        var empty = folder.resolve("empty");
        assertThat(new Played().run("arrayrecord", "pack", empty.toString())).isEqualTo(ExitCode.FINE);
        assertThat(Files.size(empty)).isEqualTo(131_072);
        var text = new Played();
        var json = new Played();

        assertThat(text.run("arrayrecord", "verify", digits.toString(), empty.toString()))
                .isEqualTo(ExitCode.FINE);
        assertThat(text.out())
                .isEqualTo("%s: valid, 5 records, which are no probe records\n".formatted(digits)
                        + "%s: valid, 0 records of 0 probes with 0 measurements\n".formatted(empty));

        assertThat(json.run("arrayrecord", "verify", "--json", digits.toString(), empty.toString()))
                .isEqualTo(ExitCode.FINE);
        var tree = Json.parse(json.out());
        assertThat(tree.get("valid").asBoolean()).isTrue();
        assertThat(tree.get("files").get(0).get("content").asString()).isEqualTo("OTHER");
        assertThat(tree.get("files").get(1).get("checks").size()).isEqualTo(8);
    }

    @Test
    void decodesOnlyProbeRecords() throws IOException {
        var played = new Played();

        assertThat(played.run("arrayrecord", "cat", "--rows", packDigits().toString()))
                .isEqualTo(ExitCode.JOB_FAILED);

        assertThat(played.out()).isEmpty();
        assertThat(played.err().lines()).hasSize(5).first().asString().startsWith("Record 0: No message begins here");
    }

    @Test
    void reportsWhatItPacked() throws IOException {
        var file = Files.writeString(folder.resolve("record"), "abc");
        var out = folder.resolve("out");
        var played = new Played();

        assertThat(played.run("arrayrecord", "pack", "--json", out.toString(), file.toString()))
                .isEqualTo(ExitCode.FINE);

        assertThat(Json.parse(played.out()).propertyNames())
                .containsExactly("bytes", "records", "chunks", "decodedBytes", "footerOffset");
        var again = new Played();
        assertThat(again.run("arrayrecord", "pack", out.toString(), file.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).isEqualTo(out + " exists; --force overwrites it\n");
        assertThat(new Played().run("arrayrecord", "pack", "--force", out.toString(), file.toString()))
                .isEqualTo(ExitCode.FINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "describe",
                "describe no-such-file",
                "describe .",
                "cat",
                "cat DIGITS --raw",
                "cat DIGITS --raw --rows --index 0",
                "cat DIGITS --index 5",
                "cat DIGITS --index -1",
                "verify",
                "verify DIGITS no-such-file",
                "verify DIGITS --max-row-bytes x",
                "pack",
                "pack /dev/null --force",
                "pack no-such-folder/out",
                "pack . --force",
                "pack OUT no-such-file",
                "pack OUT --options brotli DIGITS"
            })
    void rejectsWhatCannotWork(String line) throws IOException {
        var digits = packDigits().toString();
        var arguments = new ArrayList<>(List.of("arrayrecord"));
        for (var word : line.split(" ")) {
            if (!word.isEmpty()) {
                arguments.add(word.replace("DIGITS", digits)
                        .replace("OUT", folder.resolve("out").toString()));
            }
        }
        var played = new Played();

        assertThat(played.run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);

        assertThat(played.out()).isEmpty();
        assertThat(played.err()).isNotEmpty().doesNotContain("Exception", "\tat ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Path packDigits() throws IOException {
        var arguments = new ArrayList<>(List.of("arrayrecord", "pack", "--options", "group_size:1,uncompressed"));
        var out = folder.resolve("digits");
        arguments.add(out.toString());
        for (int i = 0; i < 5; i++) {
            arguments.add(Files.writeString(folder.resolve("digit" + i), String.valueOf(i))
                    .toString());
        }
        assertThat(new Played().run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.FINE);
        return out;
    }
}
