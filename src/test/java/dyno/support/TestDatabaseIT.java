package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseIT {

    @Test
    void givesEachTestTablesOfItsOwn() {
        var one = JdbcClient.create(TestDatabase.fresh());
        var other = JdbcClient.create(TestDatabase.fresh());

        one.sql("CREATE TABLE note (text text)").update();

        assertThat(tables(one)).contains("note");
        assertThat(tables(other)).doesNotContain("note");
    }

    @Test
    void hasEveryMigrationInIt() {
        assertThat(tables(JdbcClient.create(TestDatabase.fresh()))).contains("flyway_schema_history");
    }

    private static List<String> tables(JdbcClient jdbc) {
        return jdbc.sql("""
                        SELECT table_name
                        FROM information_schema.tables
                        WHERE table_schema = 'public'
                        """).query(String.class).list();
    }
}
