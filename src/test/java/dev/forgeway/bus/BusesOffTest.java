package dev.forgeway.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.Application;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class BusesOffTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aBusThatIsOffIsSeenAsARouteThatDoesNotRun() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--forgeway.data-dir=" + folder,
                        "--forgeway.ingest.pagure.secrets=some-secret")) {
            CamelContext camel = application.getBean(CamelContext.class);
            for (String route :
                    List.of("ingest-amqp-off", "ingest-fedora-messaging", "ingest-mqtt-off", "ingest-github-polling")) {
                assertThat(camel.getRoute(route)).as(route).isNotNull();
                assertThat(camel.getRouteController().getRouteStatus(route))
                        .as(route)
                        .isEqualTo(ServiceStatus.Stopped);
            }
            HealthIndicator health = application.getBean("busHealthIndicator", HealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }
}
