package dev.forgeway.flow;

import static dev.forgeway.flow.Flow.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.GitHubWebhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar as it is shipped: all routes are in it, and a start without settings says what is missing. */
class PackagedJarIT {

    @Test
    void servesADelivery() throws IOException {
        try (World world = new World();
                ForgewayProcess forgeway =
                        ForgewayProcess.ofJar(jar(), world.settings(), Path.of("target", "packaged-jar.log"))) {
            forgeway.start();
            forgeway.awaitReady();
            Api api = new Api(forgeway.port());
            api.allow("github.com/jar", "approved-manually");
            world.copr.step(Duration.ofMillis(50));
            world.github.addRepository("jar/hello", false);
            GitHubWebhooks webhooks = world.github.webhooks(api.webhooks(), World.SECRET);
            PullRequestStory story = new PullRequestStory(world, api, webhooks, "jar/hello", 1)
                    .brings(PullRequestStory.config("fedora-rawhide"));

            story.opens().isEventually("dispatched");

            story.rpmBuild(Flow.RAWHIDE).isEventually("success");
        }
    }

    @Test
    void saysEverythingThatIsMissingAndEnds() throws IOException {
        Path log = Files.createTempFile(Path.of("target"), "no-settings", ".log");
        try (ForgewayProcess forgeway = ForgewayProcess.ofJar(jar(), Map.of("forgeway.broker.mode", "remote"), log)) {
            forgeway.start();

            assertThat(forgeway.awaitEnd()).isNotZero();
        }
        eventually()
                .untilAsserted(() -> assertThat(Files.readString(log))
                        .contains("APPLICATION FAILED TO START", "2 settings are wrong")
                        .contains("forgeway.ingest.github.secrets", "FORGEWAY_INGEST_GITHUB_SECRETS")
                        .contains("forgeway.broker.url")
                        .doesNotContain("\tat "));
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("forgeway-[^/]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar: run ./mvnw package first"));
        }
    }
}
