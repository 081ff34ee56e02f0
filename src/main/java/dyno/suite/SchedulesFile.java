package dyno.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.suite.SuiteFolder.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/// Where the schedules that a service has from its start stand: one file, a list of what `POST
/// /schedules` takes.
///
/// A file that was named has to be there. Otherwise it is `config/schedules.yml` below Dyno's home or the
/// working folder, and where that is not there (the jar alone) the copy that the jar brought along.
final class SchedulesFile {

    private static final String NAME = "schedules.yml";

    private final YamlDocument document;
    private final List<?> trees;

    private SchedulesFile(YamlDocument document, List<?> trees) {
        this.document = document;
        this.trees = trees;
    }

    /// @param named the setting `dyno.schedules`; empty where it is not set
    /// @param home  Dyno's home, or the working folder
    /// @throws SuiteFileException where the file that was named is not there, or holds no list
    static Optional<SchedulesFile> read(String named, Path home) {
        try {
            return text(named, home).map(text -> of(text.place(), text.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SchedulesFile of(String place, String text) {
        var document = new YamlDocument(place, text);
        if (!(document.tree() instanceof List<?> trees)) {
            throw document.fault("", "the file has to be a list of schedules");
        }
        return new SchedulesFile(document, trees);
    }

    private static Optional<Text> text(String named, Path home) throws IOException {
        if (!named.isEmpty()) {
            var file = Path.of(named);
            if (!Files.isRegularFile(file)) {
                throw new SuiteFileException(named, "dyno.schedules names a file that is not there");
            }
            return Optional.of(new Text(named, NAME, Files.readString(file, UTF_8)));
        }
        var usual = home.resolve("config").resolve(NAME);
        if (Files.isRegularFile(usual)) {
            return Optional.of(new Text(usual.toString(), NAME, Files.readString(usual, UTF_8)));
        }
        var copy = new ClassPathResource(NAME);
        return copy.exists() ? Optional.of(new Text(NAME, NAME, copy.getContentAsString(UTF_8))) : Optional.empty();
    }

    /// As `POST /schedules` would take them.
    List<@Nullable Object> trees() {
        return new ArrayList<@Nullable Object>(trees);
    }

    /// What is wrong with a schedule, to be thrown.
    ///
    /// @param pointer within it; empty for the schedule as a whole
    SuiteFileException fault(int index, String pointer, String reason) {
        return document.fault("/%d%s".formatted(index, pointer), reason);
    }
}
