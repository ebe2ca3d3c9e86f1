package dev.forgeway.flow;

import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Puts an application into a world that is started once and lives as long as the process. */
class SharedWorld implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final World WORLD = new World();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        join(context, WORLD, Map.of());
    }

    static void join(ConfigurableApplicationContext context, World world, Map<String, String> more) {
        context.getBeanFactory().registerSingleton("world", world);
        TestPropertyValues.of(world.settings()).and(more).applyTo(context);
    }
}
