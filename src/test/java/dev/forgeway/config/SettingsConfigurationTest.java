package dev.forgeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class SettingsConfigurationTest {

    @Test
    void providesTheBeanToOthers() {
        try (var context = application().run("--forgeway.roles=handle", "--forgeway.data-dir=/somewhere")) {
            assertThat(context.getBean(Dependent.class).settings())
                    .isSameAs(context.getBean(Settings.class))
                    .extracting(Settings::roles)
                    .asString()
                    .contains("HANDLE");
        }
    }

    @Test
    void printsTheMistakesBeforeAnyBeanIsMade(CapturedOutput output) {
        SpringApplication application = application().build();

        assertThatThrownBy(() -> application.run("--forgeway.roles=ingest", "--forgeway.broker.mode=remote"))
                .isInstanceOf(InvalidSettingsException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "2 settings are wrong", "forgeway.broker.url")
                .doesNotContain("dependent was made", "at dev.forgeway");
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Beans.class).web(WebApplicationType.NONE);
    }

    record Dependent(Settings settings) {}

    @Configuration(proxyBeanMethods = false)
    @Import(SettingsConfiguration.class)
    static class Beans {

        @Bean
        Dependent dependent(Settings settings) {
            System.out.println("dependent was made");
            return new Dependent(settings);
        }
    }
}
