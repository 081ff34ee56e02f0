package dyno.fork;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The environment variables of a fork: only those that are known to be needed and harmless.
///
/// A list of what to keep, not of what to leave out: the next secret may be called anything. Nor do forks get
/// `JAVA_TOOL_OPTIONS` and its like, which would change the JVM behind the recorded flags.
final class ForkEnvironment {

    /// Carries the fork's mark, by which it and all that descends from it can be found.
    static final String MARK = "DYNO_FORK_ID";

    private static final Set<String> KEPT =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "MALLOC_ARENA_MAX");

    /// The first that is set decides how file names are encoded.
    private static final List<String> ENCODING = List.of("LC_ALL", "LC_CTYPE", "LANG");

    private ForkEnvironment() {}

    /// @param service the service's own environment
    /// @param mark    see [#MARK]
    static Map<String, String> of(Map<String, String> service, String mark) {
        var environment = new HashMap<String, String>();
        service.forEach((name, value) -> {
            if (KEPT.contains(name)) {
                environment.put(name, value);
            }
        });
        ENCODING.stream()
                .map(name -> service.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .ifPresent(value -> environment.put("LC_CTYPE", value));
        // Error messages of the C library are looked at (`FullDisk`), so they are not translated.
        environment.put("LC_MESSAGES", "C");
        environment.put(MARK, mark);
        return environment;
    }
}
