package dyno.security;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class KeysCommandIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DataSource database = TestDatabase.fresh();
    private Instant now = NOON;
    private final ApiKeys keys = new ApiKeys(database, () -> now);
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void printsAKeyOnceAndAloneOnStdout() {
        assertThat(run("create", "--name", "ci", "--scope", "submit", "--expires", "P90D"))
                .isZero();

        var text = out.toString().strip();
        assertThat(err.toString())
                .isEqualTo("Key ci, scope submit, expires 2026-04-01T12:00:00Z. It is shown this once:\n");
        assertThat(keys.authenticate(text))
                .hasValueSatisfying(key -> assertThat(key.name()).isEqualTo("ci"));
        now = NOON.plus(Duration.ofDays(90));
        assertThat(keys.authenticate(text)).isEmpty();
    }

    @Test
    void listsKeysWithoutTheirSecrets() {
        run("create", "--name", "b", "--scope", "read");
        var secret = out.toString().strip().substring("dyno_3f9a1c2e_".length());
        run("create", "--name", "a", "--scope", "admin");
        run("revoke", "a");

        assertThat(run("list")).isZero();

        var lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).matches("a +dyno_[0-9a-f]{8} +admin +revoked +2026-01-01T12:00:00Z +never +never");
        assertThat(lines.get(2)).matches("b +dyno_[0-9a-f]{8} +read +active +2026-01-01T12:00:00Z +never +never");
        assertThat(out.toString()).doesNotContain(secret);
    }

    @Test
    void givesARotatedKeyTheSameTimeToLive() {
        run("create", "--name", "ci", "--scope", "read", "--expires", "PT2H");
        now = NOON.plus(Duration.ofHours(1));

        assertThat(run("rotate", "ci", "--overlap", "PT30M")).isZero();

        assertThat(err.toString()).contains("expires 2026-01-01T15:00:00Z");
        assertThat(keys.all())
                .extracting(key -> String.valueOf(key.expiresAt()))
                .containsExactly("2026-01-01T15:00:00Z", "2026-01-01T13:30:00Z");
    }

    @Test
    void neverLetsARotatedKeyLiveLongerThanItWouldHave() {
        run("create", "--name", "ci", "--scope", "read", "--expires", "PT2H");

        run("rotate", "ci", "--overlap", "P30D");

        assertThat(keys.all()).allSatisfy(key -> assertThat(key.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(2))));
    }

    @Test
    void refusesInASentence() {
        run("create", "--name", "ci", "--scope", "read");

        assertThat(run("create", "--name", "ci", "--scope", "read")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("There is a key ci already; rotate it, revoke it, or choose another name\n");
        assertThat(run("create", "--name", "C I", "--scope", "read")).isEqualTo(2);
        assertThat(err.toString()).startsWith("A key's name is 1 to 63 of");
        assertThat(run("revoke", "nobody")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("There is no key nobody that could be revoked\n");
        assertThat(run("rotate", "nobody")).isEqualTo(2);
        assertThat(run("create", "--name", "x", "--scope", "root")).isEqualTo(2);
        assertThat(run("create", "--name", "x", "--scope", "read", "--expires", "soon"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is not a duration like P90D or PT12H");
    }

    @Test
    void leavesARowForEachThatChangedSomething() {
        run("create", "--name", "ci", "--scope", "read");
        run("rotate", "ci");
        run("revoke", "ci");
        run("list");

        assertThat(JdbcClient.create(database)
                        .sql("SELECT path FROM audit WHERE method = 'COMMAND' ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("keys create ci --scope read", "keys rotate ci", "keys revoke ci");
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        var command = new KeysCommand(_ -> new Opened(database), () -> now);
        return command.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private record Opened(DataSource dataSource) implements KeyDatabase {

        @Override
        public void close() {}
    }
}
