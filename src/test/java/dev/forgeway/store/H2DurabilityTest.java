package dev.forgeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is concluded stays concluded, also when the process is killed the moment after. */
class H2DurabilityTest {

    private static final String KEEP_OPEN = ";DB_CLOSE_DELAY=-1";

    @Test
    void keepsAConclusionThroughAKillOfTheProcess(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("forgeway") + H2StoreTest.SETTINGS;
        String deliveryId = concludeAndDie(url);
        List<String> outcomes = new JdbcTemplate(new DriverManagerDataSource(url))
                .queryForList("select outcome from delivery where id = ?", String.class, deliveryId);
        assertThat(outcomes).containsExactly("dispatched");
    }

    private static String concludeAndDie(String url) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Victim.class.getName(), url + KEEP_OPEN)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.startsWith(Victim.CONCLUDED)) {
                line = output.readLine();
            }
            assertThat(line).as("what the process said last").isNotNull();
            return line.substring(Victim.CONCLUDED.length());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Concludes a delivery, says so and waits to be killed. */
    static final class Victim {

        static final String CONCLUDED = "concluded ";

        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            DataSource dataSource = new DriverManagerDataSource(arguments[0]);
            Flyway.configure().dataSource(dataSource).load().migrate();
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            StoreTransaction transaction = new StoreTransaction(dataSource);
            EventJson json = new EventJson();
            DeliveryStore deliveries = new DeliveryStore(
                    jdbc,
                    transaction,
                    json,
                    new OutboxStore(jdbc, transaction, json),
                    new ProjectStore(jdbc, transaction),
                    new PrivateProjects(jdbc, transaction),
                    new PullRequestHeadStore(jdbc, transaction));
            String id = record(deliveries);
            deliveries.conclude(Samples.dispatched(id, List.of(Samples.job(id, "f41")), List.of()));
            System.out.println(CONCLUDED + id);
            Thread.currentThread().join();
        }

        private static String record(DeliveryStore deliveries) {
            var delivery = Samples.delivery("k1");
            deliveries.record(delivery, Duration.ofHours(1));
            return delivery.id();
        }
    }
}
