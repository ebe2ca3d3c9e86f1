package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.testing.Examples;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.support.GenericApplicationContext;

class BusHealthTest {

    @Test
    void missesATopicWhoseRouteIsBeingMadeAnew() throws Exception {
        Settings settings = Examples.settings(
                "ingest.mqtt.url", "tcp://127.0.0.1:1", "ingest.mqtt.topics[0]", "a", "ingest.mqtt.topics[1]", "b");
        try (DefaultCamelContext camel = new DefaultCamelContext();
                GenericApplicationContext beans = new GenericApplicationContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:a").routeId("ingest-mqtt-a").log("a");
                }
            });
            camel.start();
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            BusHealth health = new BusHealth(
                    camel, new FedoraMessagingConsumers(beans, settings), new IngestMetrics(meters), settings);

            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.health().getDetails())
                    .containsEntry("mqtt", "not consumed: ingest-mqtt-a, ingest-mqtt-b");
            TimeGauge since = meters.get("forgeway.ingest.bus.since.timestamp")
                    .tag("source", "mqtt")
                    .timeGauge();
            assertThat(since.value(TimeUnit.SECONDS))
                    .isBetween(
                            Instant.now().getEpochSecond() - 60.0, Instant.now().getEpochSecond() + 1.0);
        }
    }
}
