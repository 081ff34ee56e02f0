package dyno;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import dyno.environment.HostLoad;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The face `doctor`: looks at what the service needs and says what to do. It starts nothing, and what it writes to
/// find out whether it may it removes again.
@Command(
        name = "dyno doctor",
        mixinStandardHelpOptions = true,
        description = "Looks at what the service needs on this machine, and says what to do.",
        footer = {"", "Exit codes: 0 nothing has to be done, 1 something has to be mended, 2 usage."})
final class Doctor implements Callable<Integer> {

    private static final int FINE = 0;
    private static final int BROKEN = 1;

    private final Map<String, String> environment;
    private final PrintWriter out;

    @Mixin
    private DataOption folder = new DataOption();

    Doctor(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    /// Ends the JVM.
    static void main(String[] args) {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.OFF);
        }
        var out = new PrintWriter(System.out, true, UTF_8);
        int status = new CommandLine(new Doctor(System.getenv(), out)).execute(args);
        out.flush();
        System.exit(status);
    }

    @Override
    public Integer call() throws InterruptedException {
        var findings = Stream.of(
                        List.of(MachineCheck.java(Runtime.version()), MachineCheck.memory()),
                        FolderCheck.of(folder.data()),
                        DatabaseCheck.of(folder.data(), environment, new ServiceConfiguration().clock()),
                        NoiseCheck.of(new HostLoad(Path.of("/")), Path.of("/")))
                .flatMap(List::stream)
                .toList();
        findings.forEach(this::print);
        boolean isBroken = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BROKEN);
        return isBroken ? BROKEN : FINE;
    }

    private void print(Finding finding) {
        var sign = switch (finding.level()) {
            case FINE -> "fine";
            case ATTENTION -> "ATTENTION";
            case BROKEN -> "BROKEN";
        };
        out.println("%-10s %-10s %s".formatted(sign, finding.subject(), finding.fact()));
        if (finding.remedy() != null) {
            out.println(" ".repeat(22) + "-> " + finding.remedy());
        }
    }
}
