package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;

/** The jar as it is shipped: all routes are in it, and a start without settings says what is missing. */
class PackagedJarIT {

    private static final Pattern ROUTE =
            Pattern.compile("(?m)^- (?:route|templatedRoute):(?:\\R    .*)*?\\R    (?:id|routeId): (\\S+)");

    /** Also by a handler that somebody put into a folder. */
    @Test
    void servesADelivery() throws IOException {
        Path own = Files.createTempDirectory("own-handlers");
        Path kept = own.resolve("kept");
        Files.copy(Path.of("docs/examples/keep-releases.camel.yaml"), own.resolve("keep-releases.camel.yaml"));
        try (World world = new World()) {
            Map<String, String> settings = new HashMap<>(world.settings());
            settings.put("forgeway.handle.own.folder", own.toString());
            settings.put("forgeway.handle.own.handlers.keep-releases.events", "release");
            settings.put("keep-releases.folder", kept.toString());
            try (ForgewayProcess forgeway =
                    ForgewayProcess.ofJar(PackagedJar.path(), settings, Path.of("target", "packaged-jar.log"))) {
                serves(world, forgeway, kept);
            }
        }
    }

    private static void serves(World world, ForgewayProcess forgeway, Path kept) throws IOException {
        forgeway.start();
        forgeway.awaitReady();
        assertThat(startedRoutes(forgeway)).containsAll(routesOnDisk());
        Api api = new Api(forgeway.port());
        api.allow("github.com/jar", "approved-manually");
        world.copr.step(Duration.ofMillis(50));
        world.github.addRepository("jar/hello", false);
        GitHubWebhooks webhooks = world.github.webhooks(api.webhooks(), World.SECRET);
        PullRequestStory story = new PullRequestStory(world, api, webhooks, "jar/hello", 1)
                .brings(PullRequestStory.config("fedora-rawhide"));

        story.opens().isEventually("dispatched");

        story.rpmBuild(Flow.RAWHIDE).isEventually("success");
        DeliveryStory.accepted(api, webhooks.send(webhooks.release("jar/hello", "v1.0", story.head())));
        eventually().until(() -> Files.isDirectory(kept) && names(kept).size() == 1);
    }

    private static List<Path> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    @Test
    void isReadyOnlyOnceTheBrokerAnswers() throws Exception {
        int brokerPort = Ports.unused();
        try (World world = new World()) {
            Map<String, String> settings = new HashMap<>(world.settings());
            settings.put("forgeway.broker.mode", "remote");
            settings.put("forgeway.broker.url", "tcp://127.0.0.1:" + brokerPort);
            Path log = Path.of("target", "packaged-jar-remote.log");
            try (ForgewayProcess forgeway = ForgewayProcess.prepared(settings, log)) {
                forgeway.start();
                forgeway.awaitAlive();
                assertThat(forgeway.isReady()).as("ready without a broker").isFalse();

                EmbeddedActiveMQ broker = StandAloneBroker.start(brokerPort);
                try {
                    forgeway.awaitReady();
                } finally {
                    broker.stop();
                }
                eventually().until(() -> !forgeway.isReady());
            }
        }
    }

    @Test
    void preparesQuickStartsThenSaysEverythingThatIsMissingAndEnds() {
        assertThat(PackagedJar.sayingsWithoutSettings())
                .contains("APPLICATION FAILED TO START", "2 settings are wrong")
                .contains("forgeway.ingest.github.secrets", "FORGEWAY_INGEST_GITHUB_SECRETS")
                .contains("forgeway.broker.url")
                .doesNotContain("\tat ");
    }

    /** By the management of the running process. */
    private static Set<String> startedRoutes(ForgewayProcess forgeway) {
        Set<String> started = new TreeSet<>();
        new Api(forgeway.managementPort())
                .get("/actuator/jolokia/read/org.apache.camel:context=*,type=routes,name=*/RouteId,State")
                .json()
                .path("value")
                .forEach(route -> {
                    if (route.path("State").asText().equals("Started")) {
                        started.add(route.path("RouteId").asText());
                    }
                });
        return started;
    }

    private static Set<String> routesOnDisk() throws IOException {
        Set<String> routes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                ROUTE.matcher(Files.readString(file)).results().forEach(match -> routes.add(match.group(1)));
            }
        }
        assertThat(routes).hasSizeGreaterThan(20);
        return routes;
    }
}
