package dev.forgeway.bench;

import dev.forgeway.camel.EmbeddedBroker;
import dev.forgeway.forge.Forge;
import dev.forgeway.handle.JobHandler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** What the benchmark adds to Forgeway: three idle handlers with their queues and routes, and an instant forge. */
final class BenchWorld implements ApplicationContextInitializer<GenericApplicationContext> {

    /** A setting of the benchmark: the handlers have checks, which the instant forge takes. */
    static final String SHOWN = "bench.shown";

    static final List<String> HANDLERS = List.of("one", "two", "three");

    private static final String PATTERN = "camel.main.routes-include-pattern";

    @Override
    public void initialize(GenericApplicationContext context) {
        addRoutes(context.getEnvironment());
        boolean shown = context.getEnvironment().containsProperty(SHOWN);
        HANDLERS.forEach(
                name -> context.registerBean("bench-" + name, JobHandler.class, () -> new IdleHandler(name, shown)));
        context.registerBean(Queues.class, Queues::new);
        context.addBeanFactoryPostProcessor(new ForgeSwap());
    }

    private static void addRoutes(ConfigurableEnvironment environment) {
        String all = Objects.requireNonNull(environment.getProperty(PATTERN)) + ",file:bench/routes/*.camel.yaml";
        environment.getPropertySources().addFirst(new MapPropertySource("bench", Map.of(PATTERN, all)));
    }

    /** Creates the queues of the idle handlers before any route wants them. */
    static final class Queues implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof EmbeddedBroker broker) {
                HANDLERS.forEach(handler -> create(broker, "jobs.bench-" + handler));
            }
            return bean;
        }

        private static void create(EmbeddedBroker broker, String queue) {
            try {
                QueueConfiguration wanted = QueueConfiguration.of(queue)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setAutoCreateAddress(true);
                broker.server().createQueue(wanted, true);
            } catch (Exception e) {
                throw new IllegalStateException("no queue " + queue, e);
            }
        }
    }

    /** Puts the instant forge in the place of the real ones. */
    private static final class ForgeSwap implements BeanDefinitionRegistryPostProcessor, Ordered {

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {}

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) factory;
            for (String name : factory.getBeanNamesForType(Forge.class, true, false)) {
                registry.removeBeanDefinition(name);
            }
            factory.registerSingleton("instantForge", new InstantForge());
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
