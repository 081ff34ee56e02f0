package dyno.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// Where the suite files are, and their texts in the order of their names.
///
/// A folder that was named has to be there. Otherwise it is `config/suites` below Dyno's home, which the launcher
/// knows wherever it is called from, or below the working folder where there is no launcher; and where neither is
/// there (the jar alone), the copies that the jar brought along.
final class SuiteFolder {

    private static final String ENDING = ".yml";

    /// One file's text.
    ///
    /// @param place as an operator finds it
    /// @param name  the suite's
    record Text(String place, String name, String text) {}

    private SuiteFolder() {}

    /// @param named the setting `dyno.suites`; empty where it is not set
    /// @param home  Dyno's home, or the working folder
    /// @throws SuiteFileException where the folder that was named is not there, or holds something else
    static List<Text> read(String named, Path home) {
        try {
            if (!named.isEmpty()) {
                var folder = Path.of(named);
                if (!Files.isDirectory(folder)) {
                    throw new SuiteFileException(named, "dyno.suites names a folder that is not there");
                }
                return files(folder);
            }
            var usual = home.resolve("config/suites");
            return Files.isDirectory(usual) ? files(usual) : copies();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Text> files(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            var texts = new ArrayList<Text>();
            for (var file : entries.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(".yaml")) {
                    throw new SuiteFileException(file.toString(), "a suite's file ends in " + ENDING);
                }
                if (name.endsWith(ENDING)) {
                    texts.add(new Text(file.toString(), stem(name), Files.readString(file, UTF_8)));
                }
            }
            return texts;
        }
    }

    private static List<Text> copies() throws IOException {
        var texts = new ArrayList<Text>();
        for (var resource : new PathMatchingResourcePatternResolver().getResources("classpath:suites/*" + ENDING)) {
            var name = String.valueOf(resource.getFilename());
            texts.add(new Text("suites/" + name, stem(name), resource.getContentAsString(UTF_8)));
        }
        texts.sort(Comparator.comparing(Text::name));
        return texts;
    }

    private static String stem(String fileName) {
        return fileName.substring(0, fileName.length() - ENDING.length());
    }
}
