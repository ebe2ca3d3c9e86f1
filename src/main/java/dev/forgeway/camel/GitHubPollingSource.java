package dev.forgeway.camel;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Configuration;

/** The route that asks GitHub for news; without repositories it is seen but does not run. */
@Configuration(proxyBeanMethods = false)
class GitHubPollingSource implements CamelContextConfiguration {

    private static final String ROUTE = "ingest-github-polling";

    private final IngestSettings.Polling settings;

    GitHubPollingSource(Settings settings) {
        this.settings = settings.ingest().githubPolling();
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {}

    @Override
    public void afterApplicationStart(CamelContext context) {
        TemplatedRouteBuilder.builder(context, "github-polling")
                .routeId(ROUTE)
                .prefixId(ROUTE + ".")
                .parameter("interval", settings.interval().toMillis())
                .parameter("started", settings.isOn())
                .add();
    }
}
