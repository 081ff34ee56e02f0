package dyno.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.environment.Environment.Fact;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The hash of the facts that decide whether two runs are comparable.
///
/// SHA-256 over the UTF-8 bytes of one line a fact, in the order of [#FACTS], each `name=value` ended by a
/// line feed, the last one too. A value is written as it stands in the facts' JSON, without quotes: `2`,
/// `1.5`, `true`, `AMD EPYC`; control characters as blanks; a fact that is unknown as `null`. `kernel` is cut
/// to its first two numbers.
///
/// ```text
/// cpu.model=AMD EPYC
/// cpu.vendor=AuthenticAMD
/// sockets=1
///     ⋮
/// kernel=6.18
/// virtualization=KVM
/// cpuQuota=null
///     ⋮
/// gc=G1
/// ```
public final class Fingerprint {

    /// Names of the facts that decide, in the order in which they are hashed.
    public static final List<String> FACTS = List.of(
            "cpu.model",
            "cpu.vendor",
            "sockets",
            "cores",
            "threads",
            "l3Bytes",
            "memoryGiB",
            "arch",
            "os",
            "kernel",
            "virtualization",
            "cpuQuota",
            "cpuset",
            "governor",
            "turbo",
            "jvm.vendor",
            "jvm.version",
            "gc");

    private static final Pattern MAJOR_MINOR = Pattern.compile("^(\\d+\\.\\d+).*", Pattern.DOTALL);

    private Fingerprint() {}

    /// @return `sha256:` and 64 lower-case hex digits
    public static String of(Map<String, Fact> facts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text(facts).getBytes(UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// What is hashed.
    static String text(Map<String, Fact> facts) {
        var text = new StringBuilder();
        for (var name : FACTS) {
            text.append(name).append('=').append(value(name, facts.get(name))).append('\n');
        }
        return text.toString();
    }

    private static String value(String name, @Nullable Fact fact) {
        if (fact == null || fact.value() == null) {
            return "null";
        }
        var value = fact.value().toString().replaceAll("\\p{Cntrl}", " ");
        return name.equals("kernel") ? MAJOR_MINOR.matcher(value).replaceFirst("$1") : value;
    }
}
