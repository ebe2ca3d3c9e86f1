package dev.forgeway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The store on the database that comes with Forgeway. */
class H2StoreTest extends PrivateContract {

    /** What Forgeway opens its database with. */
    static final String SETTINGS = settings();

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

    private static String settings() {
        YamlPropertiesFactoryBean shipped = new YamlPropertiesFactoryBean();
        shipped.setResources(new ClassPathResource("application.yaml"));
        String url = Objects.requireNonNull(shipped.getObject()).getProperty("spring.datasource.url");
        return url.substring(url.indexOf(';'));
    }

    @Override
    DataSource dataSource() {
        return started(pool);
    }
}
