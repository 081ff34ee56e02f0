package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@PostgresTest
class PostgresTestIT {

    private final JdbcClient jdbc;
    private final Path data;

    PostgresTestIT(@Autowired JdbcClient jdbc, @Value("${dyno.data}") Path data) {
        this.jdbc = jdbc;
        this.data = data;
    }

    @Test
    void hasADatabaseOfItsOwn() {
        assertThat(database(jdbc)).startsWith("test_");
    }

    @Test
    void hasAFolderOfItsOwn() {
        assertThat(data).isDirectory().isAbsolute();
    }

    @Nested
    class InItsNestedClasses {

        @Test
        void isTheSameDatabase(@Autowired JdbcClient nested) {
            assertThat(database(nested)).isEqualTo(database(jdbc));
        }
    }

    private static String database(JdbcClient jdbc) {
        return jdbc.sql("SELECT current_database()").query(String.class).single();
    }
}
