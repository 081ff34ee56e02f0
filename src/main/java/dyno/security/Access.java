package dyno.security;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Which scope a request needs, as docs/reference/access.md lists it: the first rule that fits counts, and what no
/// rule mentions needs most.
final class Access {

    private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS");

    /// What clients without a key have to get at, and nothing in it is about anybody.
    private static final List<PathPattern> OPEN = patterns(
            "/actuator/health",
            "/actuator/health/*",
            "/problems",
            "/problems/*",
            "/v3/api-docs",
            "/v3/api-docs/**",
            "/swagger-ui",
            "/swagger-ui/**");

    private static final List<PathPattern> POSTED_BY_SUBMITTERS = patterns(
            "/api/v1/jobs",
            "/api/v1/jobs/*/cancel",
            "/api/v1/suites/*/jobs",
            "/api/v1/schedules/*/trigger",
            "/api/v1/runs/import");

    private static final List<PathPattern> PUT_BY_SUBMITTERS =
            patterns("/api/v1/datasets/*", "/api/v1/datasets/*/files/*");

    private Access() {}

    /// Empty where nobody is asked for a key.
    ///
    /// @param path without context and query, decoded or not
    static Optional<Scope> required(String method, String path) {
        var parsed = PathContainer.parsePath(path);
        if (LOOKS.contains(method)) {
            return fits(OPEN, parsed) ? Optional.empty() : Optional.of(Scope.READ);
        }
        boolean isSubmission = (method.equals("POST") && fits(POSTED_BY_SUBMITTERS, parsed))
                || (method.equals("PUT") && fits(PUT_BY_SUBMITTERS, parsed));
        return Optional.of(isSubmission ? Scope.SUBMIT : Scope.ADMIN);
    }

    /// Whether the request changes nothing.
    static boolean isLook(String method) {
        return LOOKS.contains(method);
    }

    private static boolean fits(List<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static List<PathPattern> patterns(String... patterns) {
        return Arrays.stream(patterns)
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }
}
