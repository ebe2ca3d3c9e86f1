package dev.forgeway.bench;

import dev.forgeway.camel.EmbeddedBroker;
import dev.forgeway.config.Settings;
import dev.forgeway.config.SettingsConfiguration;
import dev.forgeway.ingest.HmacSignature;
import jakarta.jms.ConnectionFactory;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jms.core.JmsTemplate;

/**
 * What accepting a delivery costs without Forgeway: Spring MVC on the same web server and settings, the same check of
 * the signature, and the same durable send to the same broker; no Camel, no filters, no metrics, no story.
 */
@Import({SettingsConfiguration.class, BareController.class})
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
class BareServer {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(BareServer.class);
        application.setDefaultProperties(java.util.Map.of(BareController.SWITCH, "bare"));
        var context = (ServletWebServerApplicationContext) application.run(args);
        Drain.start(context.getBean(EmbeddedBroker.class));
        Report.ready(context);
    }

    @Bean
    EmbeddedBroker broker(Settings settings) {
        return new EmbeddedBroker(settings);
    }

    @Bean(destroyMethod = "stop")
    JmsPoolConnectionFactory connections(@SuppressWarnings("unused") EmbeddedBroker started) {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(new ActiveMQConnectionFactory("vm://0?consumerWindowSize=1024&callTimeout=10000"));
        pool.setMaxConnections(1);
        pool.setMaxSessionsPerConnection(500);
        return pool;
    }

    @Bean
    JmsTemplate jmsTemplate(ConnectionFactory connections) {
        JmsTemplate template = new JmsTemplate(connections);
        template.setExplicitQosEnabled(true);
        template.setDeliveryPersistent(true);
        return template;
    }

    @Bean
    HmacSignature signature() {
        return new HmacSignature("HmacSHA256", "sha256=", List.of(Webhook.SECRET));
    }
}
