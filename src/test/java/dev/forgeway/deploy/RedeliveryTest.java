package dev.forgeway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.settings.HierarchicalRepository;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.HierarchicalObjectRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long work is tried before it is given up, as the broker of {@code artemis/broker.xml} does it. */
class RedeliveryTest {

    private static AddressSettings settings(String address) throws Exception {
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager file = new FileDeploymentManager("artemis/broker.xml");
        file.addDeployable(configuration);
        file.readConfiguration();
        HierarchicalRepository<AddressSettings> repository = new HierarchicalObjectRepository<>();
        repository.setDefault(new AddressSettings());
        configuration.getAddressSettings().forEach(repository::addMatch);
        return repository.getMatch(address);
    }

    /** The waits between the attempts, each as short as chance makes it. */
    private static Duration leastTime(AddressSettings settings) {
        double wait = settings.getRedeliveryDelay();
        double sum = 0;
        for (int attempt = 1; attempt < settings.getMaxDeliveryAttempts(); attempt++) {
            sum += wait * (1 - settings.getRedeliveryCollisionAvoidanceFactor());
            wait = Math.min(wait * settings.getRedeliveryMultiplier(), settings.getMaxRedeliveryDelay());
        }
        return Duration.ofMillis((long) sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries", "jobs.copr-build", "statuses"})
    void nothingIsGivenUpWhileSomebodyIsAwayForAnHour(String address) throws Exception {
        AddressSettings settings = settings(address);

        assertThat(leastTime(settings)).isBetween(Duration.ofHours(1), Duration.ofHours(2));
        assertThat(settings.getMaxRedeliveryDelay()).as("soon after it is back").isEqualTo(300_000);
        assertThat(settings.getDeadLetterAddress().toString()).startsWith("dead.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "own-handlers"})
    void thePagesTellHowOftenAJobIsTried(String page) throws Exception {
        String text = Files.readString(Path.of("docs/" + page + ".md"));

        assertThat(text)
                .contains("with growing delays, " + settings("jobs.forward").getMaxDeliveryAttempts() + " times");
    }

    @Test
    void thatSomethingWasGivenUpIsStoredHoweverLongTheDatabaseIsAway() throws Exception {
        assertThat(settings("dead.jobs").getMaxDeliveryAttempts()).isEqualTo(-1);
    }
}
