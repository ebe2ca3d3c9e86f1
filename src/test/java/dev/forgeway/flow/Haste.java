package dev.forgeway.flow;

import dev.forgeway.camel.EmbeddedBroker;
import dev.forgeway.forge.github.GitHubPace;
import dev.forgeway.service.http.HttpTimeouts;
import dev.forgeway.service.http.ServiceHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Makes the application wait less for what fails; how often it tries stays. */
@TestConfiguration(proxyBeanMethods = false)
class Haste {

    static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

    /** GitHub's minute, as {@link dev.forgeway.simulator.GitHubSimulator#enforceLimits} has it then. */
    static final Duration MINUTE = Duration.ofSeconds(2);

    private static final HttpTimeouts TIMEOUTS = new HttpTimeouts(Duration.ofSeconds(4), READ_TIMEOUT);
    private static final long FIRST_DELAY = 50;
    private static final long LONGEST_DELAY = 100;

    @Bean
    @Primary
    ServiceHttp impatientHttp(MeterRegistry registry, Clock clock) {
        return new ServiceHttp(TIMEOUTS, registry, clock);
    }

    @Bean
    @Primary
    GitHubPace quickPace(Clock clock) {
        return new GitHubPace(clock, MINUTE);
    }

    @Bean
    Crashes crashes() {
        return new Crashes();
    }

    @Bean
    SmartInitializingSingleton quickRedelivery(EmbeddedBroker broker) {
        return () -> redeliver(broker.server());
    }

    /** Soon, but not before a story has made the other side work again. */
    static void redeliver(ActiveMQServer broker) {
        redeliver(broker, FIRST_DELAY, LONGEST_DELAY);
    }

    /** How long a running broker waits before it delivers again what failed, in milliseconds. */
    static void redeliver(ActiveMQServer broker, long firstDelay, long longestDelay) {
        broker.getConfiguration()
                .getAddressSettings()
                .forEach((match, configured) -> broker.getAddressSettingsRepository()
                        .addMatch(
                                match,
                                new AddressSettings(configured)
                                        .setRedeliveryDelay(firstDelay)
                                        .setRedeliveryMultiplier(2)
                                        .setMaxRedeliveryDelay(longestDelay)
                                        .setRedeliveryCollisionAvoidanceFactor(0)));
    }
}
