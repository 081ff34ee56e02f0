package dyno.job;

import dyno.engine.Databases.Account;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
/// @param etl     `dyno.etl`
/// @param node    `dyno.node`
@ConfigurationProperties("dyno")
record JobProperties(
        Path data,
        @Nullable DataSize memory,
        @DefaultValue Queue queue,
        @DefaultValue Worker worker,
        @DefaultValue Scratch scratch,
        @DefaultValue Etl etl,
        @DefaultValue Node node) {

    /// @param labels that jobs can be pinned to
    record Node(@DefaultValue Map<String, String> labels) {}

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

    /// @param targets databases beside the service's own that jobs may load into, by name
    record Etl(@DefaultValue Map<String, Target> targets) {

        Map<String, Account> accounts() {
            var accounts = new LinkedHashMap<String, Account>();
            targets.forEach((name, target) -> accounts.put(name, target.account()));
            return accounts;
        }
    }

    /// @param url      JDBC URL of a PostgreSQL database
    /// @param username empty where the URL names one
    /// @param password empty where the URL holds one or the server wants none
    record Target(
            String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password) {

        Account account() {
            return new Account(url, username, password);
        }

        /// Without anything that would let somebody in.
        @Override
        public String toString() {
            return "Target[…]";
        }
    }
}
