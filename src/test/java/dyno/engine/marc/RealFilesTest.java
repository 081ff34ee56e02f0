package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.ExtractMode;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Files of the world beyond our generator, where they are there.
class RealFilesTest {

    private static final Path FOLDER = Path.of("..", "shared", "data", "marc");

    private record Expected(int bytes, long records, long fields, long subfields, int jsonBytes, String json) {}

    private static final Map<String, Expected> FILES = Map.of(
            "1k_records.mrc",
            new Expected(
                    263_545,
                    1_000,
                    6_467,
                    6_267,
                    497_891,
                    "f63e063d599fb7064b2167adb65a1a530e6fea53b1056c6c3e2d0f640f1270ed"),
            "5k_records.mrc",
            new Expected(
                    1_310_595,
                    4_957,
                    32_051,
                    31_059,
                    2_472_019,
                    "de742421a6677dd9f3672b8c591a007ec66a8a5eb586db280b0d6b0d536b195c"),
            "multi_records.mrc",
            new Expected(367, 3, 7, 7, 669, "e0f84fa8fd5e0d1d7a0a8e822dd3758d0bc952d13b746b9ec75ba7dcc9fd5bda"));

    @TestFactory
    Stream<DynamicTest> readsWhatOthersWrote() {
        var generated =
                DynamicTest.dynamicTest("generated", () -> assertRoundTrips(Reading.generate(Shape.REALISTIC, 50)));
        return Stream.concat(Stream.of(generated), files().map(RealFilesTest::test));
    }

    @TestFactory
    Stream<DynamicTest> extractsTitlesThatOthersWrote() {
        var titles = Map.of("1k_records.mrc", 800, "5k_records.mrc", 3_965);
        var digests = Map.of("1k_records.mrc", "acbc8fa0ab67dfd97415f933bb16d474b7a99c20b0198ec68ab1789aead52aad");
        var generated = DynamicTest.dynamicTest(
                "generated",
                () -> assertThat(
                                titles(Reading.generate(Shape.TINY, 100)).text().lines())
                        .hasSize(80));
        return Stream.concat(
                Stream.of(generated),
                files().filter(path -> titles.containsKey(name(path)))
                        .map(path -> DynamicTest.dynamicTest(name(path), () -> {
                            var read = titles(Files.readAllBytes(path));
                            assertThat(read.text().lines()).hasSize(titles.get(name(path)));
                            assertThat(read.sha256()).isEqualTo(digests.getOrDefault(name(path), read.sha256()));
                        })));
    }

    private static Stream<Path> files() {
        return FILES.keySet().stream().sorted().map(FOLDER::resolve).filter(Files::isReadable);
    }

    private static DynamicTest test(Path path) {
        return DynamicTest.dynamicTest(name(path), () -> assertReads(path));
    }

    private static void assertReads(Path path) throws IOException {
        byte[] input = Files.readAllBytes(path);
        var expected = FILES.get(name(path));
        var json = Reading.read(input, Reading.json(), ErrorMode.STRICT);

        assertThat(input).hasSize(expected.bytes);
        assertThat(json.totals().records).isEqualTo(expected.records);
        assertThat(json.totals().fields).isEqualTo(expected.fields);
        assertThat(json.totals().subfields).isEqualTo(expected.subfields);
        assertThat(json.output()).hasSize(expected.jsonBytes);
        assertThat(json.sha256()).isEqualTo(expected.json);
        assertRoundTrips(input);
        switch (name(path)) {
            case "1k_records.mrc" -> {
                var array = Reading.read(input, JsonFormat.arrayShape(JsonContainer.LINES), ErrorMode.STRICT);
                assertThat(array.sha256())
                        .isEqualTo("1e02c920e7535c50868d97a5995239cfe78d4e7d0bb672768b739ab48d1f8c6c");
            }
            case "5k_records.mrc" -> {
                byte[] first = Files.readAllBytes(path.resolveSibling("1k_records.mrc"));
                assertThat(Arrays.copyOf(input, first.length)).isEqualTo(first);
            }
            default -> {
                var settings =
                        new ReadSettings(ErrorMode.STRICT, Validation.MARC21, CharacterSet.AUTO, Normalization.NFC);
                assertThat(Reading.read(input, Reading.json(), settings).errors())
                        .isEmpty();
            }
        }
    }

    private static void assertRoundTrips(byte[] input) {
        assertThat(Reading.read(input, new RoundTripFormat(), ErrorMode.STRICT).output())
                .isEqualTo(input);
    }

    private static Reading.Outcome titles(byte[] input) {
        var format = new ExtractFormat(List.of("245$a"), ExtractMode.FIRST);
        return Reading.read(input, format, ErrorMode.STRICT);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
