package dyno.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of queue and worker.
///
/// @param data    folder that everything is kept in
/// @param memory  lent to measured jobs; half of the machine's or container's where not set
/// @param queue   `dyno.queue`
/// @param worker  `dyno.worker`
/// @param scratch `dyno.scratch`
@ConfigurationProperties("dyno")
record JobProperties(
        Path data,
        @Nullable DataSize memory,
        @DefaultValue Queue queue,
        @DefaultValue Worker worker,
        @DefaultValue Scratch scratch) {

    /// @param capacity jobs that may wait before further ones are refused
    record Queue(@DefaultValue("1000") int capacity) {}

    /// @param enabled    whether this node runs jobs, or only takes them
    /// @param smokeJobs  smoke jobs that may run at once
    /// @param lockFolder where services of one host agree on who measures; the JVM's temporary folder where not set
    record Worker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("2") int smokeJobs,
            @Nullable Path lockFolder) {}

    /// @param reserve disk that is never lent to jobs
    record Scratch(@DefaultValue("1GB") DataSize reserve) {}
}
