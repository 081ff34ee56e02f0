package dyno.engine;

import java.util.Map;
import java.util.UUID;

/// How databases that engines are lent are called, and where trials may write in them.
public final class Databases {

    /// The service's own PostgreSQL server.
    public static final String SERVICE = "database";

    /// What stands before the name of a database that the operator configured: `target.archive`.
    public static final String TARGET_PREFIX = "target.";

    private static final int JOB_DIGITS = 12;

    private Databases() {}

    /// Where and as whom to connect.
    ///
    /// @param url      JDBC URL; may hold credentials, so it is shown as little as the password
    /// @param user     empty where the URL names one
    /// @param password empty where the URL holds one or the server wants none
    public record Account(String url, String user, String password) {

        /// Without anything that would let somebody in.
        @Override
        public String toString() {
            return "Account[…]";
        }
    }

    /// What a trial was lent.
    ///
    /// @throws IllegalArgumentException where it was not lent that database
    public static Account account(Map<String, String> secrets, String name) {
        var url = secrets.get(name + ".url");
        var user = secrets.get(name + ".user");
        var password = secrets.get(name + ".password");
        if (url == null || user == null || password == null) {
            throw new IllegalArgumentException("The trial was not lent the database '%s'".formatted(name));
        }
        return new Account(url, user, password);
    }

    /// The schema of the service's database that a fork may make, fill and drop: `dyno_etl_9f86d081884c_0`, and
    /// `dyno_etl_9f86d081884c_0_2` for the second attempt. The service drops what a fork left there, at the
    /// job's end and, where the service itself died, later.
    ///
    /// Connections carry the same as their `ApplicationName`, so that those of a killed fork can be ended.
    ///
    /// @param engine  its id
    /// @param attempt of the job, from 1
    /// @param fork    0-based index among its case's forks
    public static String scratchSchema(String engine, UUID job, int attempt, int fork) {
        var digits = job.toString().replace("-", "");
        return "dyno_%s_%s_%d%s"
                .formatted(
                        engine,
                        digits.substring(digits.length() - JOB_DIGITS),
                        fork,
                        attempt == 1 ? "" : "_" + attempt);
    }
}
