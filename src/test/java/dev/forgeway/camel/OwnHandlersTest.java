package dev.forgeway.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forgeway.config.InvalidSettingsException;
import dev.forgeway.config.Mistake;
import dev.forgeway.config.Settings;
import dev.forgeway.store.EventJson;
import dev.forgeway.testing.Examples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.DefaultApplicationArguments;

/** Files of routes that cannot work: the start ends, and says which they are. */
class OwnHandlersTest {

    @TempDir
    Path folder;

    private List<Mistake> mistakes(String route) throws Exception {
        Files.writeString(folder.resolve("mine.camel.yaml"), route);
        Settings settings = Examples.settings(
                "handle.own.folder", folder.toString(), "handle.own.handlers.announce.events", "push");
        try (CamelContext camel = new DefaultCamelContext();
                ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory()) {
            camel.start();
            StaticListableBeanFactory beans = new StaticListableBeanFactory();
            beans.addBean("camel", camel);
            OwnHandlers handlers = new OwnHandlers(
                    settings,
                    new EventJson(),
                    broker,
                    beans.getBeanProvider(ProducerTemplate.class),
                    beans.getBeanProvider(CamelContext.class));
            InvalidSettingsException refused = assertThatExceptionOfType(InvalidSettingsException.class)
                    .isThrownBy(() -> handlers.run(new DefaultApplicationArguments()))
                    .actual();
            return refused.mistakes();
        }
    }

    @Test
    void tellsTheFileAndTheLineThatCannotBeRead() throws Exception {
        List<Mistake> mistakes = mistakes("""
                - route:
                    id: announce
                    from:
                      uri: direct:announce
                      stepz:
                        - stop: {}
                """);

        assertThat(mistakes).singleElement().satisfies(mistake -> {
            assertThat(mistake.key()).isEqualTo("forgeway.handle.own.folder");
            assertThat(mistake.problem()).contains("stepz", "mine.camel.yaml, line 6");
        });
    }

    @Test
    void tellsWhichHandlerHasNoRoute() throws Exception {
        List<Mistake> mistakes = mistakes("""
                - route:
                    id: other
                    from:
                      uri: direct:other
                      steps:
                        - stop: {}
                """);

        assertThat(mistakes)
                .extracting(mistake -> mistake.key() + " " + mistake.problem())
                .containsExactly("forgeway.handle.own.handlers.announce has no route that begins at direct:announce in "
                        + folder);
    }
}
