package dyno.metrics;

import dyno.environment.Environment;
import dyno.environment.Environment.Fact;
import dyno.environment.HostLoad;
import dyno.environment.HostLoad.Resource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The meters of host and build. What the kernel does not tell is NaN. Safe for any number of threads.
final class HostMeters {

    private HostMeters() {}

    /// @param environment as it is at the start
    static void register(MeterRegistry registry, Environment environment, HostLoad load) {
        Gauge.builder("dyno.host.steal.ratio", new StealRatio(load), StealRatio::sinceLastAsked)
                .description("Share of CPU time that the hypervisor took since the last scrape")
                .strongReference(true)
                .register(registry);
        for (var resource : Resource.values()) {
            Gauge.builder(
                            "dyno.host.pressure.ratio",
                            load,
                            host -> host.pressure(resource).orElse(Double.NaN))
                    .description("Share of the last ten seconds in which some task waited for the resource")
                    .tags("resource", resource.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry);
        }
        Gauge.builder("dyno.build.info", () -> 1)
                .description("The build that runs")
                .tags("version", text(environment, "build.version"), "commit", text(environment, "build.commit"))
                .register(registry);
        Gauge.builder("dyno.environment.info", () -> 1)
                .description("The environment as it was when the service started")
                .tags("fingerprint", environment.fingerprint())
                .tags("cpu", text(environment, "cpu.model"), "jvm", text(environment, "jvm.version"))
                .register(registry);
    }

    private static String text(Environment environment, String name) {
        @Nullable Fact fact = environment.facts().get(name);
        return fact == null || fact.value() == null ? "unknown" : fact.value().toString();
    }
}
