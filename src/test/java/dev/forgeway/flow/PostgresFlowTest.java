package dev.forgeway.flow;

import dev.forgeway.Application;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** The main story on PostgreSQL, in an application and a world of its own, which end with the class. */
@SpringBootTest(
        classes = {Application.class, Haste.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = PostgresFlowTest.PostgresWorld.class)
@DirtiesContext
class PostgresFlowTest extends MainStory {

    /** Starts a PostgreSQL with the world and points the application to it. */
    static class PostgresWorld implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            World world = new World();
            EmbeddedPostgres postgres = start();
            // what is registered first is closed last
            var beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
            beans.registerDisposableBean("outside", world::close);
            beans.registerDisposableBean("postgres", postgres::close);
            SharedWorld.join(
                    context, world, Map.of("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres")));
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
