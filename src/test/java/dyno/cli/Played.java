package dyno.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A session whose streams are strings and whose pauses take no time.
final class Played {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private boolean isInteractive;
    private boolean isColoured;
    private String in = "";
    private List<String> launch = List.of("java-that-is-not-there");

    static Pacing impatient() {
        return new Pacing(Duration.ofSeconds(20), Collections.nCopies(3, Duration.ofDays(1)), _ -> {});
    }

    Played interactive() {
        isInteractive = true;
        return this;
    }

    Played coloured() {
        isColoured = true;
        return this;
    }

    Played with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Played in(String text) {
        in = text;
        return this;
    }

    Played launch(List<String> command) {
        launch = command;
        return this;
    }

    int run(String... args) {
        return Cli.run(args, session());
    }

    Session session() {
        return new Session(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                terminal(),
                environment,
                impatient(),
                () -> launch);
    }

    Terminal terminal() {
        return new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                isInteractive,
                isColoured,
                80,
                new Terminal.Glyphs("±", "×"));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
