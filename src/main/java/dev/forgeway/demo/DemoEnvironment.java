package dev.forgeway.demo;

import dev.forgeway.simulator.BodhiSimulator;
import dev.forgeway.simulator.BusSimulator;
import dev.forgeway.simulator.CoprSimulator;
import dev.forgeway.simulator.GitHubSimulator;
import dev.forgeway.simulator.TestingFarmSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.FileSystemUtils;

/** In profile {@code demo}, starts the outside world before the application and points the settings to it. */
public class DemoEnvironment implements EnvironmentPostProcessor {

    static final String SECRET = "demo-webhook-secret";
    static final String OWNER = "packit";

    /** Where Testing Farm finds the application, whichever port it gets. */
    static final String HOST = "localhost";

    /** The world outlives the environment and ends with the process. */
    record World(
            GitHubSimulator github,
            CoprSimulator copr,
            TestingFarmSimulator testingFarm,
            BodhiSimulator bodhi,
            BusSimulator bus) {}

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of("demo"))) {
            return;
        }
        World world = start();
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("demoWorld", world));
        environment.getPropertySources().addLast(new MapPropertySource("demo", settings(world, environment)));
        forget(environment);
    }

    /**
     * Lets the demo keep its data in a folder of its own, unless an argument or a variable says where: the next one has a
     * world that knows nothing of this one, and whoever runs the service for real does not want the story of a demo.
     */
    static void forget(ConfigurableEnvironment environment) {
        Path folder;
        try {
            folder = Files.createTempDirectory("forgeway-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new MapPropertySource("demoData", Map.of("forgeway.data-dir", folder.toString())));
        SpringApplication.getShutdownHandlers().add(() -> delete(folder));
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static World start() {
        BusSimulator bus = new BusSimulator();
        CoprSimulator copr = new CoprSimulator(bus).user(OWNER).step(Duration.ofMillis(400));
        GitHubSimulator github = new GitHubSimulator();
        github.faults().delay(Duration.ofMillis(120));
        copr.faults().delay(Duration.ofMillis(120));
        TestingFarmSimulator testingFarm = new TestingFarmSimulator().step(Duration.ofMillis(400));
        testingFarm.faults().delay(Duration.ofMillis(120));
        return new World(github, copr, testingFarm, new BodhiSimulator(), bus);
    }

    private static Map<String, Object> settings(World world, ConfigurableEnvironment environment) {
        return Map.ofEntries(
                Map.entry("forgeway.ingest.github.secrets", SECRET),
                Map.entry("forgeway.ingest.amqp.url", world.bus().url()),
                Map.entry("forgeway.ingest.amqp.addresses", world.bus().queue()),
                Map.entry("forgeway.forge.github.api-url", world.github().url().toString()),
                Map.entry("forgeway.forge.github.app-id", world.github().appId()),
                Map.entry("forgeway.forge.github.private-key", world.github().privateKeyPem()),
                Map.entry("forgeway.service.copr.url", world.copr().url().toString()),
                Map.entry("forgeway.service.copr.login", world.copr().login()),
                Map.entry("forgeway.service.copr.token", world.copr().token()),
                Map.entry("forgeway.service.copr.owner", OWNER),
                Map.entry(
                        "forgeway.public-url", "http://" + HOST + ":" + environment.getProperty("server.port", "8080")),
                Map.entry("forgeway.ingest.testing-farm.secrets", SECRET),
                Map.entry(
                        "forgeway.service.testing-farm.url", world.testingFarm().apiUrl()),
                Map.entry(
                        "forgeway.service.testing-farm.api-key",
                        world.testingFarm().apiKey()),
                Map.entry("forgeway.service.bodhi.url", world.bodhi().url().toString()));
    }
}
