package dev.forgeway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.SettingsConfiguration;
import dev.forgeway.decide.parse.EventParsers;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.Handlers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WiringConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(SettingsConfiguration.class, WiringConfiguration.class)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(EventParsers.class, () -> new EventParsers(List.of()))
            .withBean(Handlers.class, () -> new Handlers(List.of()))
            .withBean(Forges.class)
            .withPropertyValues("forgeway.roles=ingest", "forgeway.ingest.github.secrets=long-enough");

    @Test
    void hasOnlyGitHubWithoutOtherTokens() {
        application
                .withPropertyValues("forgeway.forge.gitlab.token=")
                .run(context ->
                        assertThat(context.getBean(Forges.class).names()).containsExactly("github"));
    }

    @Test
    void hasEveryForgeThatHasAToken() {
        application
                .withPropertyValues(
                        "forgeway.forge.gitlab.token=a",
                        "forgeway.forge.forgejo.token=b",
                        "forgeway.forge.pagure.token=c")
                .run(context -> assertThat(context.getBean(Forges.class).names())
                        .containsExactlyInAnyOrder("github", "gitlab", "forgejo", "pagure"));
    }
}
