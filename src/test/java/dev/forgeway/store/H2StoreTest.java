package dev.forgeway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The store on the database that comes with Forgeway. */
class H2StoreTest extends PrivateContract {

    static final String SETTINGS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=500;QUERY_CACHE_SIZE=64";

    private static @Nullable HikariDataSource pool;

    @BeforeAll
    static void start(@TempDir Path folder) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + folder.resolve("forgeway") + SETTINGS);
        config.setMaximumPoolSize(RACERS + 2);
        pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).load().migrate();
    }

    @AfterAll
    static void stop() {
        if (pool != null) {
            pool.close();
        }
    }

    @Override
    DataSource dataSource() {
        return started(pool);
    }
}
