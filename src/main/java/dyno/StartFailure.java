package dyno;

import dyno.embedded.EmbeddedPostgresException;
import dyno.job.NodeNameTakenException;
import dyno.result.RetentionSettingException;
import dyno.suite.SuiteFileException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Keeps Spring from explaining at length what one sentence says; [Serve] prints that sentence.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailure implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        return sentence(failure).isPresent();
    }

    /// What the operator has to know; empty where the failure is not one of those that were foreseen.
    static Optional<String> sentence(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CannotStartException e -> {
                    return Optional.ofNullable(e.getMessage());
                }
                case EmbeddedPostgresException e -> {
                    return Optional.ofNullable(e.getMessage());
                }
                case NodeNameTakenException e -> {
                    return Optional.ofNullable(e.getMessage());
                }
                case SuiteFileException e -> {
                    return Optional.ofNullable(e.getMessage());
                }
                case RetentionSettingException e -> {
                    return Optional.ofNullable(e.getMessage());
                }
                case UnboundConfigurationPropertiesException e -> {
                    return Optional.of(e.getUnboundProperties().stream()
                            .map(property -> property.getName().toString())
                            .sorted()
                            .collect(Collectors.joining(", ", "There is no setting ", "")));
                }
                case PortInUseException e -> {
                    return Optional.of("Port %d is taken; choose another with --port".formatted(e.getPort()));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }
}
